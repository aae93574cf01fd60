import { actNotMe, readNotMe } from '@/lib/reset/not-me';
import { rememberDevice } from '@/lib/session/devices';
import { confirmSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { ownDelivery } from '@/lib/status/delivery-status';
import { digitsOf, guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { changedMail, codeMail, linkIn } from '@/tests/support/notices';
import { asksForCode, type Visitor } from '@/tests/support/person';
import {
  anasPassword,
  deliver,
  fromElsewhere,
  latestCode,
  messages,
  somebody,
  type World,
  whoFits,
  worldOn,
} from '@/tests/support/world';

// GHSA-qq9h-g4jm-xgf3: a stranger had the account first. They made it with Ana's address, a password and a number of
// theirs that nobody proved, and collected all that one can have. Then Ana resets the password.

const db = testDatabase();
const email = 'ana@latchkey.test';
const theirPhone = '+12025550199';
const anasNew = 'brass otter lantern';
const theirs = 'a stranger’s own password';

type Collected = { session: string; devices: string[]; open: Visitor; proved: Visitor; dispute: string; close: string };

/** All that a stranger could ever have got hold of, somebody's lent mailbox included. */
async function collects(world: World): Promise<Collected> {
  const reset = await asksForCode(world, email);
  await reset.typesTheCode();
  await reset.chooses(theirs);
  const dispute = await linkIn(world, changedMail);
  const inside = await signIn(world, email, theirs);
  if (inside.status !== 'signed-in') throw new Error('the stranger should be in');
  const devices = await rememberDevice(world, inside, []);
  const proved = await asksForCode(world, email, 'sms');
  await proved.typesTheCode();
  world.clock.advance(1);
  const open = await asksForCode(world, email);
  return { session: inside.token, devices, open, proved, dispute, close: await linkIn(world, codeMail) };
}

async function anaResets(world: World): Promise<void> {
  world.clock.advance(1_000);
  const ana = await asksForCode(fromElsewhere(world), email);
  await ana.typesTheCode();
  expect(await ana.chooses(anasNew)).toMatchObject({ status: 'changed' });
}

async function hijacked() {
  const world = worldOn(db);
  const { id } = await somebody(world, { phone: theirPhone, phoneVerified: false });
  const stranger = await collects(world);
  const openCode = await latestCode(world);
  await anaResets(world);
  world.clock.advance(1_000);
  await db.inboxMessage.deleteMany();
  return { world, id, stranger, openCode };
}

/** What the stranger tried changed nothing: the account is as Ana left it. */
async function isAnas(world: World, id: string): Promise<void> {
  expect(await whoFits(fromElsewhere(world), email, anasNew)).toMatchObject({ userId: id, passwordVersion: 2 });
}

test('neither password, session nor device lets them in', async () => {
  const { world, id, stranger } = await hijacked();
  for (const old of [theirs, anasPassword])
    expect(await signIn(fromElsewhere(world), email, old)).toEqual({ status: 'refused' });
  expect(await confirmSession(world, stranger.session)).toBeNull();
  expect([await db.session.count(), await db.device.count()]).toEqual([0, 0]);
  await isAnas(world, id);
});

test('the codes, the grant and the resends of before open nothing, and send nothing', async () => {
  const { world, id, stranger, openCode } = await hijacked();
  expect(await stranger.open.types(openCode)).toMatchObject({ status: 'wrong' });
  expect(await stranger.proved.chooses(theirs)).toEqual({ status: 'start-again' });
  world.clock.advance(60_000);
  for (const channel of ['email', 'sms'] as const) expect((await stranger.open.resends(channel)).status).toBe('resent');
  expect(await messages(world)).toEqual([]);
  await isAnas(world, id);
});

test('the links of the mails of before undo nothing', async () => {
  const { world, id, stranger } = await hijacked();
  expect(await readNotMe(world, stranger.dispute)).toEqual({ status: 'dead' });
  expect(await actNotMe(world, stranger.dispute)).toEqual({ status: 'dead' });
  // It closes the code that it came with, which is closed already, and no other.
  const ana = await asksForCode(fromElsewhere(world), email);
  const code = await latestCode(world);
  await actNotMe(world, stranger.close);
  expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  await isAnas(world, id);
});

test('nothing goes to their number, and their browser is told nothing of Ana’s code', async () => {
  const { world, id, stranger } = await hijacked();
  const again = await asksForCode(fromElsewhere(world), email, 'sms');
  await again.typesTheCode();
  await again.chooses('velvet crane harbour');
  expect(new Set((await messages(world)).map(({ to }) => to))).toEqual(new Set([email]));
  const asked = await asksForCode(world, email, 'sms');
  const { challengeId } = asked.flow;
  expect(await db.delivery.count({ where: { challengeId, userId: id } })).toBe(1);
  expect(await ownDelivery(db, { challengeId, deviceIds: stranger.devices })).toBeNull();
});

test('their browser has a stranger’s limits again', async () => {
  const { world, stranger } = await hijacked();
  const theirBrowser = { ...world, caller: { address: 'their network', devices: stranger.devices } };
  for (let code = 0; code < 4; code += 1) await guesses(await asksForCode(theirBrowser, email), 5);
  expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(8);
});

test('an address that nobody proved gets no message, and neither does a number, whoever asks', async () => {
  const world = worldOn(db);
  await somebody(world, { phone: theirPhone, phoneVerified: false, emailVerified: false });
  for (const channel of ['email', 'sms'] as const) await asksForCode(world, email, channel);
  await deliver(world);
  expect(await messages(world)).toEqual([]);
});
