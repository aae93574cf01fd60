import { type CodeSource, deriveCode, newChallengeId, newNonce } from '@/lib/otp/derive';
import { DIGITS } from '@/lib/otp/policy';
import { keyringOf } from '@/tests/support/keyring';

const keyring = keyringOf('a');
const source = (changes: Partial<CodeSource> = {}): CodeSource => ({
  id: newChallengeId(),
  nonce: newNonce(),
  keyId: 'a',
  purpose: 'password_reset',
  userId: '7f9c24e8-3b1a-4c0e-9a55-1d2f6b8a0c11',
  digits: DIGITS.usual,
  ...changes,
});
const codeOf = (one: CodeSource): string => deriveCode(keyring, one) ?? '';
const many = (count: number, changes: Partial<CodeSource> = {}): string[] =>
  Array.from({ length: count }, () => codeOf(source(changes)));

test.each(Object.values(DIGITS))('GEN-1: of %i digits each takes every value, the first and the last too', (digits) => {
  const codes = many(400, { digits });
  expect(new Set(codes.map((code) => code.length))).toEqual(new Set([digits]));
  for (let place = 0; place < digits; place += 1) expect(new Set(codes.map((code) => code[place])).size).toBe(10);
});

test.each<[string, Partial<CodeSource>]>([
  ['challenge', { id: newChallengeId() }],
  ['nonce', { nonce: newNonce() }],
  ['purpose', { purpose: 'second_step' }],
  ['user', { userId: '0b0d7c3e-52f1-4d8e-8f2a-6a1f9d3c7e22' }],
  ['user, where there is none', { userId: null }],
  ['length', { digits: DIGITS.guessedAt }],
])('GEN-5: another %s makes another code, to its last six digits', (_, changes) => {
  const alike = Array.from({ length: 20 }, () => source()).filter(
    (one) => codeOf(one).slice(-6) === codeOf({ ...one, ...changes }).slice(-6),
  );
  // Two of them may be alike once in a million times.
  expect(alike.length).toBeLessThan(2);
});

test('GEN-2: what one key derives another does not, and a key that is gone derives nothing', () => {
  const one = source();
  expect(deriveCode(keyringOf('b'), one)).toBeNull();
  expect(deriveCode(keyringOf('b'), { ...one, keyId: 'b' })).not.toBe(codeOf(one));
});
