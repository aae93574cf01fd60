import * as argon2 from '@node-rs/argon2';
import { signIn } from '@/lib/session/sign-in';
import { hashPassword } from '@/lib/users/password-hash';
import { testDatabase } from '@/tests/support/database';
import { fromElsewhere, somebody, worldOn } from '@/tests/support/world';

// The real argon2, which writes down what it was asked to check.
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, verify: jest.fn(real.verify) };
});
const verify = jest.mocked(argon2.verify);

const db = testDatabase();
const email = 'ana@latchkey.test';
/** Such as $argon2id$v=19$m=19456,t=2,p=1: all but the salt and the hash. */
const parametersOf = (hash: unknown): string => String(hash).split('$').slice(0, 4).join('$');

describe('ENU-4: a sign-in costs one hash, whoever it is for', () => {
  test.each([
    ['with a wrong password', {}, 'not this one'],
    ['of somebody disabled', { disabled: true }, 'not this one'],
    ['whose password was stopped', 'no password', 'not this one'],
    ['of nobody', null, 'not this one'],
    ['of nobody, with no password', null, ''],
    ['of nobody, with a longer password than any', null, 'x'.repeat(200)],
    ['of somebody, with a longer password than any', {}, 'x'.repeat(200)],
    ['of nobody, with no text at all', null, ['a', 'b']],
  ] as const)('%s', async (_, account, password) => {
    const slots: string[] = [];
    const world = worldOn(db);
    const { hashSlots } = world;
    const watched: typeof hashSlots = {
      ...hashSlots,
      run(client, work) {
        slots.push(client);
        return hashSlots.run(client, work);
      },
    };
    if (account) await somebody(world, account === 'no password' ? {} : account);
    if (account === 'no password') await db.user.updateMany({ data: { passwordHash: null } });
    // The first of a process makes the hash that nobody's password is compared with.
    await signIn(fromElsewhere(world), 'somebody.else@latchkey.test', 'not this one');
    verify.mockClear();

    expect(await signIn({ ...fromElsewhere(world), hashSlots: watched }, email, password)).toEqual({
      status: 'refused',
    });

    expect(slots).toHaveLength(1);
    expect(verify).toHaveBeenCalledTimes(1);
    const live = await hashPassword('any');
    expect(parametersOf(live)).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+$/);
    expect(parametersOf(verify.mock.calls[0]?.[0])).toBe(parametersOf(live));
  });
});
