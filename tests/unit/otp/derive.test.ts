import { createHash } from 'node:crypto';
import { createKeyring } from '@/lib/keys/keyring';
import { type CodeSource, deriveCode, deriveGrant, newChallengeId, newNonce, sameSecret } from '@/lib/otp/derive';
import { keyringOf, rootKey } from '@/tests/support/keyring';

const source = (changes: Partial<CodeSource> = {}): CodeSource => ({
  id: newChallengeId(),
  nonce: newNonce(),
  keyId: 'a',
  purpose: 'password_reset',
  userId: '5b0e8c0e-6f63-4d3c-9a3a-0d6b6a1f2b11',
  digits: 6,
  ...changes,
});

describe('GEN-1: the code', () => {
  test('is uniform over the whole range, leading zeros kept', () => {
    // A fixed key and fixed nonces: the same million codes at every run, so that chance never fails the test.
    const keyring = createKeyring([{ id: 'a', secret: new Uint8Array(32).fill(7) }], new Uint8Array(32));
    const rounds = 1_000_000;
    const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
    const base = source({ id: 'a fixed challenge' });
    for (let round = 0; round < rounds; round += 1) {
      const code = deriveCode(keyring, { ...base, nonce: String(round) }) ?? '';
      if (code.length !== 6) throw new Error('a code has 6 digits');
      for (let place = 0; place < 6; place += 1) {
        const row = counts[place];
        const digit = Number(code[place]);
        if (row) row[digit] = (row[digit] ?? 0) + 1;
      }
    }
    const expected = rounds / 10;
    for (const row of counts) {
      const chiSquare = row.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // 9 degrees of freedom: chance exceeds 33.7 once in 10,000 places.
      expect(chiSquare).toBeLessThan(33.7);
      expect(Math.min(...row)).toBeGreaterThan(0);
    }
  }, 60_000);

  test.each([6, 8, 10, 20])('has %i digits where that is asked', (digits) => {
    expect(deriveCode(keyringOf('a'), source({ digits }))).toMatch(new RegExp(`^[0-9]{${digits}}$`));
  });
});

describe('GEN-2: the code is derived', () => {
  test('the same challenge gives the same code, so that a resend repeats it', () => {
    const keyring = keyringOf('a');
    const challenge = source();
    expect(deriveCode(keyring, challenge)).toBe(deriveCode(keyring, { ...challenge }));
  });

  test('without the key the row gives nothing', () => {
    const challenge = source({ digits: 20 });
    expect(deriveCode(keyringOf('a'), challenge)).not.toBe(deriveCode(keyringOf('a'), challenge));
  });

  test.each(['id', 'nonce', 'userId'] as const)('another %s gives another code (GEN-5)', (part) => {
    const keyring = keyringOf('a');
    const challenge = source({ digits: 20 });
    expect(deriveCode(keyring, { ...challenge, [part]: 'other' })).not.toBe(deriveCode(keyring, challenge));
  });

  test('parts cannot slide into each other', () => {
    const keyring = keyringOf('a');
    const one = deriveCode(keyring, source({ id: 'ab', nonce: 'c', digits: 20 }));
    expect(deriveCode(keyring, source({ id: 'a', nonce: 'bc', digits: 20 }))).not.toBe(one);
  });

  test('rotation keeps live codes: the old key still derives, a retired one does not', () => {
    const [oldKey, newKey, pepper] = [rootKey('a'), rootKey('b'), new Uint8Array(32)];
    const challenge = source();
    const issued = deriveCode(createKeyring([oldKey], pepper), challenge);
    expect(deriveCode(createKeyring([newKey, oldKey], pepper), challenge)).toBe(issued);
    expect(deriveCode(createKeyring([newKey], pepper), challenge)).toBeNull();
  });

  test('the grant is no function of the code', () => {
    const keyring = keyringOf('a');
    const challenge = source();
    const code = deriveCode(keyring, challenge) ?? '';
    const grant = deriveGrant(keyring, challenge) ?? '';
    expect(Buffer.from(grant, 'base64url')).toHaveLength(32);
    expect(grant).not.toContain(createHash('sha256').update(code).digest('base64url'));
  });
});

test('secrets of different lengths are different, not an error', () => {
  expect(sameSecret('123456', '1234567')).toBe(false);
  expect(sameSecret('123456', '123456')).toBe(true);
});
