import type { Caller } from '@/lib/caller';
import type { Database } from '@/lib/db/client';
import { createInboxTransport } from '@/lib/delivery/inbox';
import { createDispatcher, type DispatchDeps } from '@/lib/dispatch/dispatcher';
import { createBlocked } from '@/lib/limits/blocked';
import type { Channel } from '@/lib/otp/challenge';
import type { ResetDeps } from '@/lib/reset/deps';
import type { SignInDeps } from '@/lib/session/sign-in';
import { freeOfLimits } from '@/lib/sms-budget/cost';
import { type Authenticated, authenticate } from '@/lib/users/authenticate';
import { createSlots } from '@/lib/users/hash-slots';
import { hashPassword } from '@/lib/users/password-hash';
import { type TestClock, testClock } from './clock';
import { keyringOf } from './keyring';

/** Everything that the use-cases are given, real but for the clock: messages land in the local inbox. */
export type World = ResetDeps & DispatchDeps & SignInDeps & { clock: TestClock };

/** A browser that no account knows, at an address of its own (RFC 5737). */
const someone: Caller = { address: 'hash of 203.0.113.1', devices: [] };

/** The same world as somebody else sees it, from another network. */
let networks = 0;
export const fromElsewhere = (world: World): World => {
  networks += 1;
  return { ...world, caller: { address: `hash of network ${networks}`, devices: [] } };
};

export function worldOn(db: Database, changes: Partial<World> = {}): World {
  return {
    db,
    keyring: keyringOf('a'),
    clock: testClock(),
    appName: 'Latchkey',
    origin: new URL('http://localhost:3000'),
    minPasswordLength: 8,
    breached: null,
    offered: ['email', 'sms'],
    transports: { email: [createInboxTransport('email', db)], sms: [createInboxTransport('sms', db)] },
    smsCost: freeOfLimits,
    webhook: null,
    // A retry waits for nearly all of its time, so that none comes due within the test that looks at it.
    random: () => 0.99,
    caller: someone,
    blocked: createBlocked(),
    hashSlots: createSlots(),
    ...changes,
  };
}

/** The same world with nothing counted in it, for tests of what has no limit. */
export async function uncounted(world: World): Promise<World> {
  await world.db.counter.deleteMany();
  return fromElsewhere(world);
}

export const anasPassword = 'a first password';

type Person = {
  email: string;
  phone: string | null;
  phoneVerified: boolean;
  emailVerified: boolean;
  disabled: boolean;
};

/** Someone with an account. */
export async function somebody(
  world: World,
  changes: Partial<Person> = {},
): Promise<{ id: string; email: string; phone: string | null }> {
  const person = {
    email: 'ana@latchkey.test',
    phone: '+12025550123',
    phoneVerified: true,
    emailVerified: true,
    disabled: false,
    ...changes,
  };
  const at = new Date();
  return world.db.user.create({
    select: { id: true, email: true, phone: true },
    data: {
      email: person.email,
      phone: person.phone,
      name: 'Ana',
      emailVerifiedAt: person.emailVerified ? at : null,
      phoneVerifiedAt: person.phone && person.phoneVerified ? at : null,
      disabledAt: person.disabled ? at : null,
      passwordHash: await hashPassword(anasPassword),
    },
  });
}

/** What lies in the inbox, newest first. */
export const messages = (world: World, channel?: Channel) =>
  world.db.inboxMessage.findMany({ where: channel ? { channel } : {}, orderBy: { at: 'desc' } });

/** The code of the newest message. */
export async function latestCode(world: World): Promise<string> {
  const [newest] = await messages(world);
  const code = newest?.text.match(/\b\d{6,20}\b/)?.[0];
  if (!code) throw new Error('no code has arrived');
  return code;
}

/** Sends what is due, as the dispatcher of a running server does. */
export const deliver = (world: World): Promise<number> => createDispatcher(world).drain(30_000);

/** Who a password fits, as a sign-in finds out. */
export async function whoFits(world: World, email: string, password: string): Promise<Authenticated | null> {
  const who = await authenticate({ ...world, client: world.caller.address }, email, password);
  if (who === 'busy') throw new Error('too many passwords wait to be checked');
  return who;
}

/** What a session gives back where no sign-in was counted before it. */
export const nothingCounted = { addressKeys: [], failuresKey: '', hourKey: '' };
