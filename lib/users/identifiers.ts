import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { isLocalPart, isMailDomain, MAX_ADDRESS, MAX_LOCAL_PART } from '@/lib/address';
import { trimTyped } from '@/lib/typed-text';

/** Why an identifier was refused. The sentence belongs to the form, not here. */
export type IdentifierProblem = 'empty' | 'too-long' | 'malformed';
export type Normalised = { ok: true; value: string } | { ok: false; problem: IdentifierProblem };

const refuse = (problem: IdentifierProblem): Normalised => ({ ok: false, problem });

// Checked before IDNA, whose mapping drops line breaks and invisible signs and decodes percent signs.
const RAW_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

/** Lower-cases A to Z only: `İ` and `ı` stay themselves, so no two people ever meet (RL-5). */
const asciiLower = (value: string): string => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * The one normal form of an email address: trim, NFC, ASCII lower case, IDNA for the domain. What it may be is for
 * lib/address.ts to say, as it is for the delivery.
 * Quoted local parts, lists, display names, control and look-alike characters are refused.
 * @param input anything a form sent
 */
export function normaliseEmail(input: unknown): Normalised {
  if (typeof input !== 'string') return refuse('malformed');
  // Long before any work is done on it; an address that could be valid is far shorter.
  if (input.length > 1_000) return refuse('too-long');
  // Line breaks are never trimmed away: an address that carries one is an attempt at a header.
  const value = trimTyped(input).normalize('NFC');
  if (value === '') return refuse('empty');
  const at = value.lastIndexOf('@');
  if (at < 1) return refuse('malformed');
  const local = asciiLower(value.slice(0, at));
  const rawDomain = value.slice(at + 1);
  if (Buffer.byteLength(local) > MAX_LOCAL_PART || value.length > MAX_ADDRESS) return refuse('too-long');
  if (!RAW_DOMAIN.test(rawDomain) || !isLocalPart(local)) return refuse('malformed');
  const domain = domainToASCII(rawDomain);
  if (!isMailDomain(domain)) return refuse('malformed');
  const whole = `${local}@${domain}`;
  return Buffer.byteLength(whole) > MAX_ADDRESS ? refuse('too-long') : { ok: true, value: whole };
}

/** @param input an international number, spaces and punctuation allowed @returns E.164 */
export function normalisePhone(input: unknown): Normalised {
  if (typeof input !== 'string') return refuse('malformed');
  if (input.length > 64) return refuse('too-long');
  // Address books write numbers between bidi marks, and with dashes that do not break.
  const value = trimTyped(input)
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .trim();
  if (value === '') return refuse('empty');
  if (!/^\+[\d\s().-]+$/.test(value)) return refuse('malformed');
  const parsed = parsePhoneNumberFromString(value);
  return parsed?.isPossible() ? { ok: true, value: parsed.number } : refuse('malformed');
}
