import { minutes } from '@/lib/clock';
import { deriveGrant } from '@/lib/otp/derive';
import { newFlowTag } from '@/lib/reset/flow';
import { start } from '@/lib/reset/start';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, notThe, takesUp, type Visitor } from '@/tests/support/person';
import {
  anasPassword,
  fromElsewhere,
  latestCode,
  messages,
  somebody,
  type World,
  whoFits,
  worldOn,
} from '@/tests/support/world';

// Keycloak CVE-2026-18963: the step that sets the password took the browser's word for the proof. Every order of steps
// at random: tests/integration/reset/any-order.test.ts. These are the ways that somebody would try first.

const db = testDatabase();
const email = 'ana@latchkey.test';
const theirs = 'an intruder’s password';

/** A flow that goes straight to the last step gets nowhere, and Ana's password is the one she knows. */
async function isTurnedAway(world: World, visitor: Visitor): Promise<void> {
  const before = await db.user.findMany();
  expect(await visitor.chooses(theirs)).toEqual({ status: 'start-again' });
  expect(await db.user.findMany()).toEqual(before);
  expect(await whoFits(world, email, theirs)).toBeNull();
}

/** The grant that the newest challenge's right code would open: even who knew it gains nothing by it. */
async function grantOf(world: World, { flow }: Visitor): Promise<string> {
  return deriveGrant(world.keyring, await db.challenge.findUniqueOrThrow({ where: { id: flow.challengeId } })) ?? '';
}

const withGrant = (world: World, { flow }: Visitor, grant: string | null): Visitor =>
  takesUp(world, { ...flow, grant, tag: newFlowTag() });

async function proves(world: World, address = email): Promise<Visitor> {
  const visitor = await asksForCode(fromElsewhere(world), address);
  expect(await visitor.typesTheCode()).toMatchObject({ status: 'proved' });
  return visitor;
}

test('an address and nothing else: no code was ever asked for', async () => {
  const world = worldOn(db);
  await somebody(world);
  const begun = start(email, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  await isTurnedAway(world, takesUp(world, begun.flow));
  await isTurnedAway(world, takesUp(world, { ...begun.flow, channel: 'email', grant: 'x', doneAt: 1 }));
});

test('a code that was asked for and never typed, or typed wrong to the end', async () => {
  const world = worldOn(db);
  await somebody(world);
  const visitor = await asksForCode(world, email);
  for (const grant of [null, '', 'x', await grantOf(world, visitor)])
    await isTurnedAway(world, withGrant(world, visitor, grant));
  const code = await latestCode(world);
  for (let guess = 0; guess < 5; guess += 1) await visitor.types(notThe(code));
  expect(await visitor.types(code)).toEqual({ status: 'exhausted' });
  await isTurnedAway(world, withGrant(world, visitor, await grantOf(world, visitor)));
});

test('a proof of one’s own account, for Ana’s', async () => {
  const world = worldOn(db);
  await somebody(world);
  await somebody(world, { email: 'eve@latchkey.test', phone: null });
  const ana = await asksForCode(world, email);
  const copied = ana.flow;
  world.clock.advance(1);
  const eve = await proves(world, 'eve@latchkey.test');
  await isTurnedAway(world, withGrant(world, ana, eve.flow.grant));
  // Not even once Ana has proved it: her proof is in her own, renewed cookie (FLO-2).
  const code = (await messages(world)).find(({ to }) => to === email)?.text.match(/\b\d{6}\b/)?.[0];
  expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  for (const grant of [null, '', eve.flow.grant]) await isTurnedAway(world, takesUp(world, { ...copied, grant }));
  // With her own challenge behind Ana's address she sets a password: her own.
  expect(await takesUp(world, { ...eve.flow, email }).chooses(theirs)).toMatchObject({ status: 'changed' });
  expect(await whoFits(world, email, theirs)).toBeNull();
  expect(await whoFits(world, 'eve@latchkey.test', theirs)).not.toBeNull();
});

test('a proof of Ana’s other challenge', async () => {
  const world = worldOn(db);
  await somebody(world);
  const other = await asksForCode(world, email);
  world.clock.advance(1);
  const ana = await proves(world);
  await isTurnedAway(world, withGrant(world, other, ana.flow.grant));
  expect(await whoFits(world, email, anasPassword)).not.toBeNull();
  expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
});

test('a proof that another reset has closed meanwhile', async () => {
  const world = worldOn(db);
  await somebody(world);
  const intruder = await proves(world);
  world.clock.advance(1);
  const ana = await proves(world);
  expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
  await isTurnedAway(world, intruder);
});

test('a proof that has set a password once: the second click is told so, and writes nothing', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await proves(world);
  const copied = takesUp(world, { ...ana.flow });
  expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
  const before = await db.user.findMany();
  expect(await copied.chooses(theirs)).toMatchObject({ status: 'changed', deliveryIds: [] });
  expect(await db.user.findMany()).toEqual(before);
  expect(await whoFits(world, email, theirs)).toBeNull();
});

test('a proof of ten minutes ago', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await proves(world);
  world.clock.advance(minutes(10));
  await isTurnedAway(world, ana);
});

test('a decoy, even with the grant that its own code would open', async () => {
  const world = worldOn(db);
  await somebody(world);
  const nobody = await asksForCode(world, 'nobody@latchkey.test');
  const grant = await grantOf(world, nobody);
  await isTurnedAway(world, withGrant(world, nobody, grant));
  // As if its row had been proved.
  await db.challenge.updateMany({
    data: { consumedAt: world.clock.now(), grantExpiresAt: new Date(Date.now() + 1e6) },
  });
  await isTurnedAway(world, withGrant(world, nobody, grant));
  await isTurnedAway(world, takesUp(world, { ...nobody.flow, grant, email }));
});
