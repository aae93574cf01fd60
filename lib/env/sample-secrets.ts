/** The settings whose values are secrets (CFG-1). */
type Secrets = {
  LATCHKEY_KEYS: readonly { id: string; secret: Buffer }[];
  LATCHKEY_PEPPER: Buffer;
  DATABASE_URL: string;
} & Partial<Record<(typeof typed)[number], string | undefined>>;

/** Secrets that are text, as somebody else made them or as they were typed. */
const typed = [
  'EMAIL_HOST_PASSWORD',
  'EMAIL_FALLBACK_HOST_PASSWORD',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'CRON_SECRET',
  'METRICS_TOKEN',
] as const;

/** What guides write where a secret belongs, ours (.env.example, README.md) and other people's. */
const placeholder =
  /^your[\s_-]|^<.*>$|change[\s_-]?(me|this)|replace[\s_-]?(me|this|with)|^([x.*]|x{4} ?)+$|^abcd ?efgh ?ijkl ?mnop$/i;

/** Words in a key that was written instead of drawn. */
const written = /change.?me|example|sample|secret|password|latchkey|placeholder|0123456789|abcdefgh/i;

const text = (bytes: Buffer): string =>
  bytes.every((byte) => byte >= 32 && byte < 127) ? bytes.toString('latin1') : '';

/**
 * Whether nobody drew these bytes: they repeat themselves, count up or down, or spell a guide's words. Of drawn ones
 * fewer than one in 10^30 does.
 * @param bytes 32
 */
export function isSample(bytes: Buffer): boolean {
  const repeats = (period: number): boolean => bytes.every((byte, index) => byte === bytes[index % period]);
  const step = (index: number): number => ((bytes[index] ?? 0) - (bytes[index - 1] ?? 0) + 256) % 256;
  const counts = bytes.every((_, index) => index < 2 || step(index) === step(1));
  if (counts || new Set(bytes).size <= 8 || written.test(text(bytes))) return true;
  return Array.from({ length: bytes.length / 2 }, (_, index) => index + 1).some(repeats);
}

/**
 * Secrets that are none: samples, and keys that are one and the same.
 * @returns sentences that name the variable and the mend, never the value
 */
export function sampleSecrets(settings: Secrets): string[] {
  const found: string[] = [];
  const { LATCHKEY_KEYS: keys, LATCHKEY_PEPPER: pepper, DATABASE_URL: database } = settings;
  keys.forEach(({ id, secret }, index) => {
    if (isSample(secret))
      found.push(`LATCHKEY_KEYS: ${id} is a sample; draw one: echo "${id}:$(openssl rand -base64 32)"`);
    const twin = keys.slice(0, index).find((other) => other.secret.equals(secret));
    if (twin) found.push(`LATCHKEY_KEYS: ${id} is ${twin.id} under another name; draw one: openssl rand -base64 32`);
  });
  if (isSample(pepper)) found.push('LATCHKEY_PEPPER: a sample; draw one: openssl rand -base64 32');
  else if (keys.some(({ secret }) => secret.equals(pepper)))
    found.push('LATCHKEY_PEPPER: the same as a key of LATCHKEY_KEYS; draw another: openssl rand -base64 32');
  for (const name of typed) {
    const value = settings[name]?.trim();
    if (value && placeholder.test(value)) found.push(`${name}: still the sample of a guide; put your own here`);
  }
  for (const name of ['CRON_SECRET', 'METRICS_TOKEN'] as const)
    if (settings[name] && new Set(settings[name]).size < 3)
      found.push(`${name}: anybody could guess it; draw one: openssl rand -base64 32`);
  if (/^postgres(ql)?:\/\/user:password@host[:/]/.test(database))
    found.push('DATABASE_URL: still the sample of .env.example; put the address of your own PostgreSQL here');
  return found;
}
