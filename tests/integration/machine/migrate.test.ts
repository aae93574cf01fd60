import { command } from '../../support/command';
import { testDatabase } from '../../support/database';

const db = testDatabase();

const at = new Date();
const challenge = {
  id: 'c1',
  purpose: 'password_reset',
  identifierHash: 'h',
  nonce: 'n',
  keyId: 'k',
  digits: 6,
  maxAttempts: 5,
  createdAt: at,
  expiresAt: at,
} as const;

describe('migrations', () => {
  it('applies none the second time', async () => {
    expect(await command(['migrate'], {}).ended).toEqual({ code: 0, said: 'Nothing to migrate\n' });
  });

  it('says what schema.prisma says', async () => {
    expect(await command(['diff', 'nothing'], {}).ended).toEqual({ code: 0, said: 'No difference\n' });
  });
});

describe('what the database itself refuses', () => {
  it.each([
    ['more attempts than allowed', { attempts: 6 }],
    ['fewer than no attempts', { attempts: -1 }],
    ['a length that no code has', { digits: 7 }],
    ['a sixth send', { sends: 6 }],
    ['a grant without a right code', { grantExpiresAt: at }],
    ['a right code without a grant', { consumedAt: at }],
    ['a spent grant that nobody was given', { grantSpentAt: at }],
  ])('%s', async (_what, wrong) => {
    await expect(db.challenge.create({ data: { ...challenge, ...wrong } })).rejects.toThrow(/check/i);
    await db.challenge.create({ data: challenge });
  });

  it.each(['Ana@example.com', 'ana @example.com', 'ana\u0007@example.com', `${'a'.repeat(250)}@b.cd`])(
    'the address %j',
    async (email) => {
      await expect(db.user.create({ data: { email, name: 'Ana' } })).rejects.toThrow(/check/i);
    },
  );

  it.each(['+0123456789', '12025550123', '+120255', '+1 2025550123', '+1234567890123456'])(
    'the phone %j',
    async (phone) => {
      await expect(db.user.create({ data: { email: 'ana@example.com', name: 'Ana', phone } })).rejects.toThrow(
        /check/i,
      );
    },
  );
});
