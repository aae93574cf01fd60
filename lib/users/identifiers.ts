import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** Why an identifier was refused. The sentence belongs to the form, not here. */
export type IdentifierProblem = 'empty' | 'too-long' | 'malformed';
export type Normalised = { ok: true; value: string } | { ok: false; problem: IdentifierProblem };

const refuse = (problem: IdentifierProblem): Normalised => ({ ok: false, problem });

/** RFC 5321 allows 254 octets for a path, less its angle brackets. */
const MAX_EMAIL = 254;
const LOCAL_PART = /^[^\s@"(),:;<>[\\\]\p{Cc}\p{Cf}]{1,64}$/u;
// Signs that look like @ or a dot and would smuggle a second address past a careless reader.
const LOOKALIKES = /[\uFF20\uFE6B\uFF0E\u3002\uFF61]/u;
// Checked before IDNA, whose mapping drops line breaks and invisible signs and decodes percent signs.
const RAW_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** Lower-cases A to Z only: `İ` and `ı` stay themselves, so no two people ever meet (RL-5). */
const asciiLower = (value: string): string => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * The one normal form of an email address: trim, NFC, ASCII lower case, IDNA for the domain.
 * Quoted local parts, lists, display names, control and look-alike characters are refused.
 * @param input anything a form sent
 */
export function normaliseEmail(input: unknown): Normalised {
  if (typeof input !== 'string') return refuse('malformed');
  // Long before any work is done on it; an address that could be valid is far shorter.
  if (input.length > 1_000) return refuse('too-long');
  // Line breaks are never trimmed away: an address that carries one is an attempt at a header.
  const value = input.replace(/^[ \t\u00A0]+|[ \t\u00A0]+$/g, '').normalize('NFC');
  if (value === '') return refuse('empty');
  if (LOOKALIKES.test(value)) return refuse('malformed');
  const at = value.lastIndexOf('@');
  if (at < 1) return refuse('malformed');
  const local = asciiLower(value.slice(0, at));
  const rawDomain = value.slice(at + 1);
  if (local.length > 64 || value.length > MAX_EMAIL) return refuse('too-long');
  if (
    !RAW_DOMAIN.test(rawDomain) ||
    !LOCAL_PART.test(local) ||
    local.startsWith('.') ||
    local.endsWith('.') ||
    local.includes('..')
  )
    return refuse('malformed');
  const domain = domainToASCII(rawDomain);
  if (!DOMAIN.test(domain)) return refuse('malformed');
  const whole = `${local}@${domain}`;
  return Buffer.byteLength(whole) > MAX_EMAIL ? refuse('too-long') : { ok: true, value: whole };
}

/** @param input an international number, spaces and punctuation allowed @returns E.164 */
export function normalisePhone(input: unknown): Normalised {
  if (typeof input !== 'string') return refuse('malformed');
  if (input.length > 64) return refuse('too-long');
  const value = input.trim();
  if (value === '') return refuse('empty');
  if (!/^\+[\d\s().-]+$/.test(value)) return refuse('malformed');
  const parsed = parsePhoneNumberFromString(value);
  return parsed?.isPossible() ? { ok: true, value: parsed.number } : refuse('malformed');
}
