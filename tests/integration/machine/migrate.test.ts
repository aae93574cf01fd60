import { randomBytes } from 'node:crypto';
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

  it.each([
    ['another engine', 'mysql://ana:canary@db/app', /^DATABASE_URL: MySQL is another engine; give .+\n$/],
    ['nothing that is an address', 'canary', /^DATABASE_URL: not an address of PostgreSQL; give .+\n$/],
    ['nobody there', 'postgresql://ana:canary@127.0.0.1:1/app', /^The database does not serve: nothing listens .+\n$/],
  ])(
    'has one sentence for %s, in every command',
    async (_, DATABASE_URL, sentence) => {
      const settings = { DATABASE_URL, DATABASE_DIRECT_URL: '', LATCHKEY_PEPPER: randomBytes(32).toString('base64') };
      for (const words of [['migrate'], ['seed'], ['user', 'list'], ['sms', 'show'], ['audit-verify']]) {
        const { code, said } = await command(words, settings).ended;
        expect([words, code, said]).toEqual([words, 1, expect.stringMatching(sentence)]);
      }
    },
    60_000,
  );

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
