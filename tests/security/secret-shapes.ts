/** What secrets look like, as their makers shape them. */
const shapes: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g,
  'a Twilio account, key or token': /(?<![A-Za-z0-9])(?:AC|SK|MG)[0-9a-f]{32}(?![A-Za-z0-9])/g,
  // 32 hex digits mean many things; beside this name they are one.
  'a Twilio auth token': /AUTH_TOKEN["']?\s*[:=]\s*["'`]?[0-9a-f]{32}\b/g,
  'an app password': /PASSWORD["']?\s*[:=]\s*["'`]?(?:[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4}|[a-z]{16})(?![A-Za-z0-9 ])/gi,
  'a key of LATCHKEY_KEYS, a pepper, any 32 bytes': /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{43}=(?!=)/g,
  '32 or more bytes in hex': /(?<![A-Za-z0-9])[0-9a-f]{64,}(?![A-Za-z0-9])/g,
  'an AWS key': /(?<![A-Z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Z0-9])/g,
  'a Google key': /AIza[0-9A-Za-z_-]{35}/g,
  'a GitHub token': /(?<![A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})/g,
  'an npm token': /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/g,
  'a Slack token': /xox[abeoprs]-[0-9A-Za-z-]{10,}/g,
  'a Stripe or OpenAI key': /(?<![A-Za-z0-9])sk[-_](?:live|test|proj|ant)[-_][0-9A-Za-z_-]{16,}/g,
  'a SendGrid key': /SG\.[\w-]{22}\.[\w-]{43}/g,
  'a signed token': /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g,
  'a URL with a password': /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@'"`$<{]+:[^\s@/'"`$<{]{3,}@/gi,
};

/** @returns what in this text looks like a secret, each with the kind that it looks like */
export function secretsIn(text: string): { kind: string; value: string }[] {
  return Object.entries(shapes).flatMap(([kind, shape]) =>
    [...text.matchAll(shape)].map(([value]) => ({ kind, value })),
  );
}
