import 'server-only';
import { createHash } from 'node:crypto';
import type { Env } from '@/lib/env/schema';
import { log } from '@/lib/log';
import { readBody } from '@/lib/web/limited-body';

/** @param password in NFC @returns whether it is known to be stolen; false where nobody can say in time */
export type BreachCheck = (password: string) => Promise<boolean>;

/** All that one question may take, in ms; somebody waits for the form (PW-4). */
const PATIENCE_MS = 1_000;
/** Questions under way at once in this process; beyond them the local list decides alone, and nobody waits. */
const AT_ONCE = 12;
/** Bytes. A range has about 2,000 lines of 40. */
const MOST = 1_000_000;
/** A suffix and how often it was seen. Padding is lines that were seen 0 times. */
const LINE = /^([0-9A-F]{35}):(\d{1,12})$/;

/**
 * Asks Have I Been Pwned for a range (k-anonymity, API v3): of the password five characters of its SHA-1 leave this
 * machine and nothing else. Padding hides from onlookers how long the answer to them is.
 * @throws where no range comes in time
 */
async function seenBefore(password: string, baseUrl: URL): Promise<boolean> {
  const hash = createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase();
  const answer = await fetch(new URL(`range/${hash.slice(0, 5)}`, baseUrl), {
    headers: { 'Add-Padding': 'true', 'User-Agent': 'Latchkey' },
    // Next would keep answers on the disk, by their address. Whoever redirects is not the one that was asked.
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw Object.assign(new Error('no range'), { code: `HTTP_${answer.status}` });
  const lines = (await readBody(answer, MOST))?.trim().split(/\r?\n/) ?? [];
  const range = lines.map((line) => LINE.exec(line));
  // A captive portal's page is no range either, and "not in it" would mean nothing.
  if (range.length === 0 || range.includes(null)) throw Object.assign(new Error('no range'), { code: 'GARBLED' });
  return range.some((line) => line?.[1] === hash.slice(5) && Number(line[2]) > 0);
}

/** A code or a name, never a message: it may quote the address, and with it the prefix. */
function reasonOf(error: unknown): string {
  const { cause, code, name } = Object(error) as { cause?: unknown; code?: unknown; name?: unknown };
  const inner: unknown = Object(cause).code;
  return String([inner, code, name].find((one) => typeof one === 'string') ?? 'unknown');
}

/**
 * A question that is never refused: where the service fails, the local list alone has decided, and the log says so
 * once, until it answers again. No line names a password, its hash or a part of it (AUD-2).
 * @returns null where HIBP is off
 */
export function breachCheckOf(settings: Pick<Env, 'HIBP' | 'HIBP_API_BASE_URL'>): BreachCheck | null {
  if (!settings.HIBP) return null;
  const baseUrl = new URL(`${settings.HIBP_API_BASE_URL.href.replace(/\/+$/, '')}/`);
  let asking = 0;
  let failing = false;
  return async (password) => {
    if (asking >= AT_ONCE) return false;
    asking += 1;
    try {
      const seen = await seenBefore(password, baseUrl);
      if (failing) log.info('Have I Been Pwned answers again');
      failing = false;
      return seen;
    } catch (error) {
      if (!failing)
        log.warn({ error: reasonOf(error) }, 'Have I Been Pwned does not answer: the local list decides alone');
      failing = true;
      return false;
    } finally {
      asking -= 1;
    }
  };
}
