import { deriveNotMe, notMeUrl } from '@/lib/keys/not-me';
import { keyringOf } from '@/tests/support/keyring';

const keyring = keyringOf('new', 'old');
const origin = new URL('https://app.example.test');

describe('the token of a notice', () => {
  it('is the same for every retry, 256 bits in base64url', () => {
    const token = deriveNotMe(keyring, 'new', 'close_challenge', 'challenge');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(deriveNotMe(keyring, 'new', 'close_challenge', 'challenge')).toBe(token);
  });

  it('differs by what it does, by challenge and by key', () => {
    const tokens = [
      deriveNotMe(keyring, 'new', 'close_challenge', 'challenge'),
      deriveNotMe(keyring, 'new', 'dispute_password', 'challenge'),
      deriveNotMe(keyring, 'new', 'close_challenge', 'another'),
      deriveNotMe(keyring, 'old', 'close_challenge', 'challenge'),
      deriveNotMe(keyringOf('new'), 'new', 'close_challenge', 'challenge'),
    ];
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('is no more where the key was retired', () => {
    expect(deriveNotMe(keyring, 'gone', 'close_challenge', 'challenge')).toBeNull();
    expect(notMeUrl(keyring, origin, 'close_challenge', 'gone', 'challenge')).toBeNull();
  });

  it('travels as one parameter of a link to APP_URL', () => {
    const url = notMeUrl(keyring, origin, 'dispute_password', 'new', 'challenge');
    expect(url?.href).toBe(
      `https://app.example.test/not-me?token=${deriveNotMe(keyring, 'new', 'dispute_password', 'challenge')}`,
    );
  });
});
