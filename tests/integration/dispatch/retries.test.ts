import { minutes } from '@/lib/clock';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { testDatabase } from '@/tests/support/database';
import { deliveryOf } from '@/tests/support/deliveries';
import { withProviders } from '@/tests/support/providers';
import { queueCode } from '@/tests/support/queue';
import type { SmtpMode } from '@/tests/support/smtp-server';
import type { World } from '@/tests/support/world';

// What passes is tried again, with the same code, while the code lives and no longer (DEL-7).

const db = testDatabase();
const send = (world: World) => createDispatcher(world).drain(10_000);
const dueAgain = () => db.$executeRaw`UPDATE "Delivery" SET "nextAttemptAt" = now() WHERE status = 'queued'`;
const row = (id: string) => deliveryOf(db, id);

/** Without a number there is no other channel to flee to. */
const withoutPhone = () => db.user.updateMany({ data: { phone: null, phoneVerifiedAt: null } });

test.each([
  ['421 at MAIL', { mail: '421 4.7.0 Try again later' }, '421 4.7.0'],
  ['450 at RCPT', { rcpt: '450 4.2.1 Receiving too quickly' }, '450 4.2.1'],
  ['451 after DATA', { data: '451 4.3.0 Trouble of our own' }, '451 4.3.0'],
  ['454 at AUTH', { auth: '454 4.7.0 Too many logins' }, '454 4.7.0'],
] as const)('%s: the code leaves at a later try', async (_what, refusal, errorCode) => {
  const refuse: SmtpMode['refuse'] = { ...refusal };
  const { world, servers } = await withProviders(db, { refuse });
  await withoutPhone();
  const id = await queueCode(world, 'ana@latchkey.test');
  await send(world);
  const waiting = await row(id);
  expect(waiting).toMatchObject({ status: 'queued', errorClass: 'passing', errorCode, attempts: 1, endedAt: null });
  for (const key of Object.keys(refuse) as (keyof typeof refuse)[]) delete refuse[key];
  await dueAgain();
  await send(world);
  expect(await row(id)).toMatchObject({ status: 'sent', attempts: 2, errorCode: null, transport: 'smtp' });
  expect((await row(id)).tries.map(({ accepted }) => accepted)).toEqual([false, true]);
  expect(servers[0]?.mails).toHaveLength(1);
});

test.each([
  ['20429', { status: 429, code: 20429, message: 'Too many requests' }],
  ['HTTP 503', { status: 503, body: 'Service unavailable' }],
  ['ETIMEDOUT', 'hang'],
] as const)('Twilio’s %s: the text leaves at a later try', async (errorCode, answer) => {
  const { world, phone } = await withProviders(db, {});
  await db.user.updateMany({ data: { emailVerifiedAt: null } });
  phone.script('+12025550123', answer);
  const id = await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  expect(await row(id)).toMatchObject({ status: 'queued', errorClass: 'passing', errorCode });
  phone.unscript('+12025550123');
  await dueAgain();
  await send(world);
  expect(await row(id)).toMatchObject({ status: 'sent', attempts: 2 });
  expect(phone.sent).toHaveLength(1);
});

test('a later try says the minutes that are left by then, and carries the same code', async () => {
  const refuse: SmtpMode['refuse'] = { rcpt: '450 4.2.1 Receiving too quickly' };
  const { world, servers } = await withProviders(db, { refuse });
  await withoutPhone();
  await queueCode(world, 'ana@latchkey.test');
  await send(world);
  world.clock.advance(minutes(6));
  delete refuse.rcpt;
  await dueAgain();
  await send(world);
  expect(servers[0]?.mails[0]?.parsed.text).toContain('4 minutes');
});

test('after the code has died nothing is tried any more', async () => {
  const refuse: SmtpMode['refuse'] = { rcpt: '450 4.2.1 Receiving too quickly' };
  const { world, servers } = await withProviders(db, { refuse });
  await withoutPhone();
  const id = await queueCode(world, 'ana@latchkey.test');
  await send(world);
  world.clock.advance(minutes(10));
  delete refuse.rcpt;
  await dueAgain();
  await send(world);
  expect(servers[0]?.mails).toEqual([]);
  // The try that was made stays; the claim that found the code dead is none.
  expect(await row(id)).toMatchObject({ status: 'abandoned', errorCode: 'expired', attempts: 1 });
  expect((await row(id)).tries).toMatchObject([{ number: 1, accepted: false, errorCode: '450 4.2.1' }]);
});

test('a clock that jumps back sends nothing twice', async () => {
  const { world, servers } = await withProviders(db, {});
  await queueCode(world, 'ana@latchkey.test');
  await send(world);
  world.clock.advance(-minutes(60));
  await send(world);
  expect(servers[0]?.mails).toHaveLength(1);
});
