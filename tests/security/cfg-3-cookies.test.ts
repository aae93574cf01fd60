import { randomBytes } from 'node:crypto';
import { getServerSession, type NextAuthOptions } from 'next-auth';
import type { Container } from '@/lib/container';
import { createKeyring, type Keyring } from '@/lib/keys/keyring';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { authOptions } from '@/lib/session/auth-options';
import { currentUser, writeSession } from '@/lib/session/current';
import { readDevices, rememberThisDevice } from '@/lib/session/device-cookie';
import { readFlow, writeFlow } from '@/lib/session/flow-cookie';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { rootKey } from '@/tests/support/keyring';
import { anasPassword, somebody, worldOn } from '@/tests/support/world';

// CFG-3: the three cookies of a browser while LATCHKEY_KEYS rotates, through the helpers that pages use.

/** The browser's cookies. Next gives them to a request only, and there is none here. */
const mockJar = new Map<string, string>();
jest.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) => (mockJar.has(name) ? { value: mockJar.get(name) } : undefined),
    set: (name: string, value: string) => void mockJar.set(name, value),
  }),
}));

const db = testDatabase();
const [old, fresh, pepper] = [rootKey('old'), rootKey('fresh'), randomBytes(32)];
const world = worldOn(db);

/** From now on the process has these keys. */
function runsWith(...keys: (typeof old)[]): Keyring {
  const keyring = createKeyring(keys, pepper);
  const env = { APP_URL: new URL('http://localhost:3000') } as Container['env'];
  (globalThis as { latchkey?: Partial<Container> }).latchkey = { ...world, keyring, env } as Partial<Container>;
  return keyring;
}

/** What next-auth itself makes of the browser's cookies, as in a page of the older router. */
async function nextAuthSession(): Promise<unknown> {
  const request = { headers: {}, cookies: Object.fromEntries(mockJar) };
  const response = { getHeader: () => undefined, setHeader: (name: string, value: unknown) => sent.set(name, value) };
  const sent = new Map<string, unknown>();
  type Asked = Parameters<typeof getServerSession>;
  return getServerSession(...([request, response, authOptions() as NextAuthOptions] as unknown as Asked));
}

/** Signs in and asks for a code, in one browser. */
async function signsInAndAsks(): Promise<void> {
  await somebody(world);
  const outcome = await signIn(world, 'ana@latchkey.test', anasPassword);
  if (outcome.status !== 'signed-in') throw new Error('should sign in');
  await writeSession(outcome.token);
  await rememberThisDevice(outcome);
  const begun = start('ana@latchkey.test', new Date());
  if (begun.status !== 'started') throw new Error('should start');
  const requested = await requestCode(world, begun.flow, 'email');
  if (requested.status !== 'requested') throw new Error('should be requested');
  await writeFlow(requested.flow);
}

beforeEach(async () => {
  mockJar.clear();
  runsWith(old);
  await signsInAndAsks();
});
afterAll(() => {
  delete (globalThis as { latchkey?: unknown }).latchkey;
});

test('CFG-3: with the new key in front and the old one behind it, all three hold', async () => {
  const [flow, devices, user] = [await readFlow(), await readDevices(), await currentUser()];
  expect([flow?.channel, devices.length, user?.email]).toEqual(['email', 1, 'ana@latchkey.test']);
  runsWith(fresh, old);
  expect(await readFlow()).toEqual(flow);
  expect(await readDevices()).toEqual(devices);
  expect(await currentUser()).toMatchObject({ email: 'ana@latchkey.test', sessionId: user?.sessionId });
  expect(await nextAuthSession()).toMatchObject({ expires: expect.any(String) });
});

test('CFG-3: what is written with both is of the new key, and outlives the old one', async () => {
  runsWith(fresh, old);
  const flow = await readFlow();
  if (flow) await writeFlow(flow);
  const outcome = await signIn(world, 'ana@latchkey.test', anasPassword);
  if (outcome.status !== 'signed-in') throw new Error('should sign in');
  await writeSession(outcome.token);
  // The device of before is known again, and not made anew.
  await rememberThisDevice(outcome);
  expect(await db.device.count()).toBe(1);
  runsWith(fresh);
  expect(await readFlow()).toEqual(flow);
  expect(await readDevices()).toHaveLength(1);
  expect(await currentUser()).toMatchObject({ email: 'ana@latchkey.test' });
  expect(await nextAuthSession()).toMatchObject({ expires: expect.any(String) });
});

test('CFG-3: once the old key is gone each is as good as none: no flow, no device, nobody signed in, and no error', async () => {
  const kept = new Map(mockJar);
  expect(kept.size).toBe(3);
  runsWith(fresh);
  expect(await readFlow()).toBeNull();
  expect(await readDevices()).toEqual([]);
  expect(await currentUser()).toBeNull();
  expect(await nextAuthSession()).toBeNull();
});

test('CFG-3: a key of the same name with other bytes opens nothing', async () => {
  runsWith({ ...fresh, id: old.id });
  expect([await readFlow(), await readDevices(), await currentUser()]).toEqual([null, [], null]);
  expect(await nextAuthSession()).toBeNull();
});
