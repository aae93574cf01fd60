import 'server-only';

/** What Twilio signs: the address that it was told to call, to the letter, and every field of the form. */
type SignedRequest = {
  /** X-Twilio-Signature */
  signature: string | null;
  /** Begins with APP_URL, never with what a Host header says. */
  url: string;
  form: URLSearchParams;
};

/**
 * Whether Twilio sent this form (DEL-8): HMAC-SHA1 of the address and the sorted fields under the account's token,
 * compared in constant time. A field that comes twice counts with each of its values. Bodies other than forms, which
 * Twilio signs by `bodySHA256`, are no status callbacks.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export async function signedByTwilio(authToken: string, { signature, url, form }: SignedRequest): Promise<boolean> {
  if (!signature) return false;
  // Late: the SDK is large, and who has no signature does not need it.
  const { default: twilio } = await import('twilio');
  return twilio.validateRequest(authToken, signature, url, fieldsOf(form));
}

/** As the SDK wants them. `fromEntries` makes an own property of every name, `__proto__` included. */
function fieldsOf(form: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(form.keys())];
  return Object.fromEntries(
    names.map((name) => {
      // Spread, so that the array is one of this realm: the SDK asks `instanceof`.
      const values = [...form.getAll(name)];
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
