import { randomInt } from 'node:crypto';
import { type Keyring, tokenHash } from '@/lib/keys/keyring';
import { withAsciiDigits, withoutSeparators } from '@/lib/typed-text';

/** Crockford's base32 without letters that are taken for digits: what is read aloud or copied from paper. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const alike: Readonly<Record<string, string>> = { i: '1', l: '1', o: '0' };

/** Five bits a character, in groups of five. @param length characters */
const word = (length: number): string =>
  Array.from({ length }, () => LETTERS.charAt(randomInt(LETTERS.length)))
    .join('')
    .replace(/.{5}(?=.)/g, '$&-');

/** A recovery code: 75 random bits, good once. */
export const newRecoveryCode = (): string => word(15);
/** How many are given at once. */
export const RECOVERY_CODES = 10;

/** The word that enrols an authenticator app: 100 random bits, good once. */
export const newEnrolmentWord = (): string => word(20);

/** As a person may have written it: spaces, dashes, capitals, digits of any script, full-width letters, invisible signs and look-alikes. */
const plain = (typed: string): string =>
  withAsciiDigits(withoutSeparators(typed))
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ilo]/g, (letter) => alike[letter] ?? letter);

/** A keyed hash; the words are random enough to need no slow one (ASVS 6.5.2). */
export const recoveryHash = (keyring: Keyring, userId: string, typed: string): string =>
  keyring.pepperedHash(`recovery ${userId}`, plain(typed));

/** Without a key, so that the command that makes a word needs none: a hundred random bits are not searched. */
export const enrolmentHash = (userId: string, typed: string): string =>
  tokenHash(`enrolment ${userId} ${plain(typed)}`);

/** Whether something typed at the second step is a recovery code rather than an app's six digits. */
export const looksLikeRecoveryCode = (typed: string): boolean => plain(typed).length === 15;
