import { changeRole, disable, endSessions } from '@/lib/admin/people/act-on-person';
import type { Container } from '@/lib/container';
import { createKeyring, type Keyring } from '@/lib/keys/keyring';
import { acceptWord, confirmEnrolment, issueEnrolmentWord } from '@/lib/second-factor/enrol';
import { newPending, PENDING_MS, type Pending } from '@/lib/second-factor/pending';
import { spendPending } from '@/lib/second-factor/pending-row';
import { seal } from '@/lib/session/seal';
import { readPending, writePending } from '@/lib/session/second-step';
import { createSession, endSession } from '@/lib/session/sessions';
import { nothingCounted } from '@/lib/session/sign-in-limits';
import { disableUser, promoteUser, resetSecondFactor } from '@/lib/users/administer';
import { anAdmin, secondStepOf, type TestAdmin } from '@/tests/support/authenticator';
import { appShows } from '@/tests/support/authenticator-app';
import { testDatabase } from '@/tests/support/database';
import { rootKey } from '@/tests/support/keyring';
import { asksForCode } from '@/tests/support/person';
import { worldOn } from '@/tests/support/world';

// ADM-5: a copy of the second step's cookie, made at any moment, is worth what its row says. Through the helpers that
// pages and actions use.

/** The browser's cookies. Next gives them to a request only, and there is none here. */
const mockJar = new Map<string, string>();
jest.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) => (mockJar.has(name) ? { value: mockJar.get(name) } : undefined),
    set: (name: string, value: string) => void mockJar.set(name, value),
  }),
}));

const db = testDatabase();
const world = worldOn(db);
const name = 'latchkey-second-step';
const pepper = Buffer.alloc(32, 1);
const own = rootKey('own');

/** From now on the process has this key. */
function runsWith(key: typeof own): Keyring {
  const keyring = createKeyring([key], pepper);
  const env = { APP_URL: new URL('http://localhost:3000') } as Container['env'];
  (globalThis as { latchkey?: Partial<Container> }).latchkey = { ...world, keyring, env } as Partial<Container>;
  return keyring;
}

let admin: TestAdmin;
beforeEach(async () => {
  mockJar.clear();
  runsWith(own);
  admin = await anAdmin(world);
});
afterAll(() => {
  delete (globalThis as { latchkey?: unknown }).latchkey;
});

/** Types the password. */
async function passesPassword(): Promise<Pending> {
  await writePending(newPending({ userId: admin.id, passwordVersion: 0 }, '/admin'), nothingCounted);
  return held();
}
async function held(): Promise<Pending> {
  const living = await readPending();
  if (!living) throw new Error('nothing is held');
  return living.pending;
}
const copyOf = (): string => mockJar.get(name) ?? '';
const replays = async (copy: string) => {
  mockJar.set(name, copy);
  return (await readPending())?.pending ?? null;
};
const becomesSession = (pending: Pending) =>
  createSession(
    world,
    { userId: admin.id, passwordVersion: 0, role: 'admin' },
    {
      counted: nothingCounted,
      passed: { pendingId: pending.id },
    },
  );

/** Sets up an app as the pages do. @returns copies of the cookie, made at each step */
async function enrols(): Promise<{ password: string; secret: string; codes: string }> {
  const pending = await passesPassword();
  const password = copyOf();
  const deps = secondStepOf(world);
  const word = await db.$transaction((tx) => issueEnrolmentWord(tx, admin.id, world.clock.now()));
  const accepted = await acceptWord(deps, admin.id, word);
  if (accepted.status !== 'right') throw new Error(accepted.status);
  const { enrolling } = accepted;
  await writePending({ ...pending, enrolling });
  const secret = copyOf();
  const code = appShows(enrolling.secret, world.clock.now());
  const outcome = await confirmEnrolment(deps, admin.id, enrolling, code, pending.id);
  if (outcome.status !== 'enrolled') throw new Error(outcome.status);
  await writePending({ ...pending, enrolling: null, recoveryCodes: outcome.recoveryCodes });
  return { password, secret, codes: copyOf() };
}

test('the enrolment’s cookie makes one session, and no copy of any step makes another, after sign-out neither', async () => {
  const copies = await enrols();
  const pending = await held();
  expect(pending.recoveryCodes).toHaveLength(10);
  const session = await becomesSession(pending);
  expect(session).not.toBeNull();
  for (const copy of Object.values(copies)) expect(await replays(copy)).toBeNull();
  expect(await becomesSession(pending)).toBeNull();
  await endSession(world, session?.token ?? '');
  for (const copy of Object.values(copies)) expect(await replays(copy)).toBeNull();
  expect(await becomesSession(pending)).toBeNull();
  expect(await db.session.count()).toBe(0);
});

test('of many at once with one cookie one gets a session', async () => {
  await enrols();
  const pending = await held();
  const made = await Promise.all(Array.from({ length: 8 }, () => becomesSession(pending)));
  expect(made.filter((session) => session !== null)).toHaveLength(1);
  expect(await db.session.count()).toBe(1);
});

test('once the app is enrolled a copy from before shows its secret no more, and recovery codes only to who enrolled it', async () => {
  const { password, secret, codes } = await enrols();
  expect(await replays(secret)).toMatchObject({ enrolling: null, recoveryCodes: null });
  expect(await replays(password)).toMatchObject({ enrolling: null, recoveryCodes: null });
  expect((await replays(codes))?.recoveryCodes).toHaveLength(10);
});

const acting = () => ({ ...world, adminId: admin.id });
test.each<[string, () => Promise<unknown>]>([
  ['a reset of the second factor', () => resetSecondFactor(db, admin.email)],
  ['a second promotion', () => promoteUser(db, admin.email)],
  ['the command that disables', () => disableUser(db, admin.email)],
  ['an admin who disables', async () => (await anAdmin(world, 'other@latchkey.test')) && disable(acting(), admin.id)],
  [
    'an admin who demotes',
    async () => (await anAdmin(world, 'other@latchkey.test')) && changeRole(acting(), admin.id, 'user'),
  ],
  ['an admin who signs the user out everywhere', () => endSessions(acting(), admin.id)],
  [
    'signing out elsewhere',
    async () => {
      const who = { userId: admin.id, passwordVersion: 0, role: 'admin' } as const;
      const session = await createSession(world, who, 'second step passed');
      await endSession(world, session?.token ?? '');
    },
  ],
  [
    'a new password',
    async () => {
      const person = await asksForCode(world, admin.email);
      await person.typesTheCode();
      expect(await person.chooses('velvet crane harbour')).toMatchObject({ status: 'changed' });
    },
  ],
  ['fifteen minutes', async () => world.clock.advance(PENDING_MS)],
])('%s ends every copy', async (_, ends) => {
  const copies = await enrols();
  const pending = await held();
  await ends();
  for (const copy of Object.values(copies)) expect(await replays(copy)).toBeNull();
  expect(await becomesSession(pending)).toBeNull();
  expect(await spendPending(world, pending)).toBe(false);
});

test('a cookie of another admin’s row, of another key, of another purpose, truncated or doubled opens nothing', async () => {
  const other = await anAdmin(world, 'other@latchkey.test');
  const pending = await passesPassword();
  const good = copyOf();
  const keyring = runsWith(own);
  const foreign = [
    await seal(keyring, 'second-step', { ...pending, userId: other.id }, 900),
    await seal(keyring, 'second-step', { ...pending, id: '' }, 900),
    await seal(keyring, 'second-step', { ...pending, id: 'x' }, 900),
    await seal(keyring, 'second-step', { ...pending, passwordVersion: 1 }, 900),
    await seal(keyring, 'flow', pending, 900),
    await seal(keyring, 'device', pending, 900),
    await seal(keyring, 'search', pending, 900),
    await seal(createKeyring([rootKey('stolen')], pepper), 'second-step', pending, 900),
    good.slice(0, -1),
    good.slice(0, -3),
    good.slice(1),
    `${good}${good}`,
    `${good}, ${good}`,
    'x'.repeat(100_000),
    '',
  ];
  for (const copy of foreign) expect(await replays(copy)).toBeNull();
  expect(await replays(good)).toEqual(pending);
});
