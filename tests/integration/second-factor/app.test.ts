import { randomBytes } from 'node:crypto';
import { days, hours, minutes, seconds } from '@/lib/clock';
import { createKeyring, type RootKey } from '@/lib/keys/keyring';
import { createSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { anAdmin, enrols, typesCode } from '@/tests/support/authenticator';
import { appShows, notShown } from '@/tests/support/authenticator-app';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { rootKey } from '@/tests/support/keyring';
import { anasPassword, fromElsewhere, worldOn } from '@/tests/support/world';

const db = testDatabase();

describe('ADM-5: an admin signs in', () => {
  test('the password alone gives no session, and stays counted as a failure', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    for (let n = 0; n < 3; n += 1)
      expect(await signIn(world, admin.email, anasPassword)).toMatchObject({
        status: 'second-step',
        userId: admin.id,
        passwordVersion: 0,
      });
    expect(await db.session.count()).toBe(0);
    expect(await db.device.count()).toBe(0);
    const failures = await db.counter.findFirstOrThrow({ where: { key: { startsWith: 'sign-in:' } } });
    expect(failures.points).toBe(3);
  });

  test('not even a proved password makes a session of an admin’s, whoever asks', async () => {
    const world = worldOn(db);
    const { id } = await anAdmin(world);
    const who = { userId: id, passwordVersion: 0, role: 'admin' as const };
    const counted = { addressKeys: [], failuresKey: '', hourKey: '' };
    expect(await createSession(world, who, { counted })).toBeNull();
    expect(await createSession(world, who, 'second step passed')).not.toBeNull();
    expect(await db.session.findFirstOrThrow()).toMatchObject({ provedAt: world.clock.now() });
  });

  test('the app’s code opens, half a minute early or late, and each only once', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const { secret } = await enrols(world, admin);
    const now = () => world.clock.now();
    world.clock.advance(minutes(5));
    expect(await typesCode(world, admin, appShows(secret, now(), -2))).toEqual({ status: 'wrong' });
    expect(await typesCode(world, admin, appShows(secret, now(), -1))).toEqual({ status: 'right', by: 'app' });
    expect(await typesCode(world, admin, appShows(secret, now(), -1))).toEqual({ status: 'wrong' });
    const late = appShows(secret, now(), 1);
    expect(await typesCode(world, admin, `\u200e${late.slice(0, 3)}\u2011${late.slice(3)}`)).toEqual({
      status: 'right',
      by: 'app',
    });
    // A code of before the last one is one that somebody saw.
    expect(await typesCode(world, admin, appShows(secret, now()))).toEqual({ status: 'wrong' });
    world.clock.advance(minutes(1));
    expect(await typesCode(world, admin, appShows(secret, now()))).toEqual({ status: 'right', by: 'app' });
  });

  test('a recovery code opens once, however it is written', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const { recoveryCodes } = await enrols(world, admin);
    const [first = '', second = ''] = recoveryCodes;
    expect(new Set(recoveryCodes).size).toBe(10);
    const written = first.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l');
    const pasted = `\u202a${written.replaceAll(' ', '\u2011\u200b').replaceAll('2', '٢').replaceAll('A', 'Ａ')}\u202c`;
    expect(await typesCode(world, admin, pasted)).toEqual({ status: 'right', by: 'recovery' });
    expect(await typesCode(world, admin, first)).toEqual({ status: 'wrong' });
    expect(await typesCode(world, admin, second)).toEqual({ status: 'right', by: 'recovery' });
    const other = await anAdmin(world, 'other@latchkey.test');
    await enrols(world, other);
    expect(await typesCode(world, other, recoveryCodes[2])).toEqual({ status: 'wrong' });
  });

  test('what is no code costs nothing; ten wrong ones an hour are heard, thirty a day, and then not even the right one', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const { secret } = await enrols(world, admin);
    await db.counter.deleteMany();
    for (const typed of ['', 'hello', ['123456'], undefined, '12345', '①②③④⑤⑥'])
      expect(await typesCode(world, admin, typed)).toEqual({ status: 'malformed' });
    const wrong = async (times: number) => {
      for (let n = 0; n < times; n += 1)
        expect(await typesCode(fromElsewhere(world), admin, notShown(secret, world.clock.now()))).toEqual({
          status: 'wrong',
        });
    };
    const refused = async () =>
      expect(await typesCode(fromElsewhere(world), admin, appShows(secret, world.clock.now()))).toEqual({
        status: 'refused',
        until: expect.any(Date),
      });
    await wrong(10);
    await refused();
    // Whoever learnt the password has not locked its owner out of the browser that the account knows.
    const home = await fromKnownDevice(world, admin.id);
    expect(await typesCode(home, admin, appShows(secret, world.clock.now()))).toMatchObject({ status: 'right' });
    for (const _ of [1, 2]) {
      world.clock.advance(hours(1) + seconds(1));
      await wrong(10);
      await refused();
    }
    world.clock.advance(hours(1) + seconds(1));
    await refused();
    world.clock.advance(days(1));
    expect(await typesCode(world, admin, appShows(secret, world.clock.now()))).toMatchObject({ status: 'right' });
    expect(await db.auditEvent.count({ where: { type: 'second_step_wrong', subjectId: admin.id } })).toBe(30);
    expect(await db.auditEvent.count({ where: { type: 'second_step_refused', subjectId: admin.id } })).toBe(4);
  });

  test('keys are rotated: the app works on, and its secret moves to the key that issues now (CFG-3)', async () => {
    const [older, newer, pepper] = [rootKey('a'), rootKey('b'), randomBytes(32)];
    const ring = (...keys: RootKey[]) => createKeyring(keys, pepper);
    const world = worldOn(db, { keyring: ring(older) });
    const admin = await anAdmin(world);
    const { secret } = await enrols(world, admin);
    const types = (here: typeof world) => typesCode(here, admin, appShows(secret, world.clock.now()));
    expect(await types({ ...world, keyring: ring(newer) })).toEqual({ status: 'dead' });
    expect(await types({ ...world, keyring: ring(newer, older) })).toMatchObject({ status: 'right' });
    world.clock.advance(minutes(1));
    expect(await types({ ...world, keyring: ring(newer) })).toMatchObject({ status: 'right' });
  });

  test('the database alone tells neither the secret nor a recovery code', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const { secret, recoveryCodes } = await enrols(world, admin);
    const rows = JSON.stringify([
      await db.secondFactor.findMany(),
      await db.actionToken.findMany(),
      await db.auditEvent.findMany(),
    ]);
    for (const word of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
      expect(rows).not.toContain(word);
    // Moved to another account the row opens nothing.
    const other = await anAdmin(world, 'other@latchkey.test');
    await db.secondFactor.updateMany({ data: { userId: other.id } });
    expect(await typesCode(world, other, appShows(secret, world.clock.now()))).toEqual({ status: 'dead' });
  });
});
