import { openIncidents } from '@/lib/alerts/incidents';
import { watchAlerts } from '@/lib/alerts/watch';
import { hours, minutes, plus } from '@/lib/clock';
import { anAdmin } from '@/tests/support/authenticator';
import { databaseNow, testDatabase } from '@/tests/support/database';
import { serverThat, transportTo } from '@/tests/support/mailing';
import { queueCode } from '@/tests/support/queue';
import { startWebhookReceiver } from '@/tests/support/webhook-receiver';
import { deliver, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const watch = (world: World) => watchAlerts(world, { quotas: [], smsCost: world.smsCost });
/** A circuit that has been open for minutes. */
const breaks = (name = 'smtp') =>
  db.transport.create({ data: { name, failures: 3, openings: 3, lastError: 'ETIMEDOUT' } });

async function scene() {
  const receiver = await startWebhookReceiver();
  const world = worldOn(db);
  world.webhook = { url: receiver.url, appName: 'Latchkey', origin: world.origin };
  const { email } = await anAdmin(world);
  const mails = async () => (await messages(world, 'email')).filter(({ to }) => to === email);
  return { receiver, world, email, mails };
}

describe('OBS-2: an incident is told once when it begins, and once when it has ended', () => {
  test('by mail to each admin who can be reached, and to the webhook; nothing in between', async () => {
    const { receiver, world, mails } = await scene();
    await somebody(world);
    const gone = await somebody(world, { email: 'gone@latchkey.test', phone: null, disabled: true });
    await db.user.update({ where: { id: gone.id }, data: { role: 'admin' } });
    await breaks();
    for (let round = 1; round <= 3; round += 1) {
      await watch(world);
      await deliver(world);
      world.clock.advance(minutes(1));
    }
    expect(await mails()).toHaveLength(1);
    expect(await db.inboxMessage.count()).toBe(1);
    expect((await mails())[0]?.subject).toBe('The mail server does not work (Latchkey)');
    expect((await mails())[0]?.text).toContain('http://localhost:3000/admin');
    expect(receiver.posts).toHaveLength(1);
    expect(receiver.posts[0]).toMatchObject({
      path: '/hooks/a-secret-word',
      type: 'application/json',
      body: { state: 'began', kind: 'provider_down', about: 'smtp', figures: { error: 'ETIMEDOUT' } },
    });
    expect(await openIncidents(db)).toMatchObject([{ kind: 'provider_down', about: 'smtp' }]);

    await db.transport.update({ where: { name: 'smtp' }, data: { failures: 0, openings: 0, openUntil: null } });
    world.clock.advance(minutes(5));
    await watch(world);
    expect(receiver.posts).toHaveLength(1);
    world.clock.advance(minutes(6));
    await watch(world);
    await watch(world);
    await deliver(world);
    expect((await mails()).map(({ subject }) => subject)).toContain('Over: The mail server does not work (Latchkey)');
    expect(await mails()).toHaveLength(2);
    expect(receiver.posts.map(({ body }) => body.state)).toEqual(['began', 'ended']);
    expect(await openIncidents(db)).toEqual([]);
  });

  test('what comes and goes within ten minutes is one incident; what comes again later is another', async () => {
    const { world } = await scene();
    await breaks();
    await watch(world);
    await db.transport.update({ where: { name: 'smtp' }, data: { failures: 0, openings: 0 } });
    world.clock.advance(minutes(9));
    await watch(world);
    await db.transport.update({ where: { name: 'smtp' }, data: { failures: 3, openings: 3 } });
    world.clock.advance(minutes(2));
    await watch(world);
    expect(await db.incident.count()).toBe(1);
    await db.transport.update({ where: { name: 'smtp' }, data: { failures: 0, openings: 0 } });
    world.clock.advance(minutes(11));
    await watch(world);
    await db.transport.update({ where: { name: 'smtp' }, data: { failures: 3, openings: 3 } });
    await watch(world);
    expect(await db.incident.count()).toBe(2);
  });

  test('an alert carries nothing of anybody, and no secret', async () => {
    const { receiver, world, email, mails } = await scene();
    const ana = await somebody(world);
    await queueCode(world, ana.email);
    await db.delivery.updateMany({ data: { queuedAt: new Date(Date.now() - minutes(2)) } });
    await watch(world);
    await deliver(world);
    const mail = (await mails()).find(({ subject }) => subject?.startsWith('Codes wait'));
    const told = JSON.stringify([receiver.posts.map(({ body }) => body), mail?.subject, mail?.text, mail?.html]);
    expect(receiver.posts).toHaveLength(1);
    for (const secret of [ana.email, ana.phone, email, 'a-secret-word']) expect(told).not.toContain(secret);
    expect(told).not.toMatch(/[\w.+-]+@[\w-]+\.\w|\+\d{6,}|\b\d{6}\b/);
  });
});

describe('the webhook', () => {
  test('that does not take an alert gets it again, the end after the beginning, under the same id', async () => {
    const { receiver, world } = await scene();
    receiver.answers(503);
    await breaks();
    await watch(world);
    await db.transport.deleteMany();
    world.clock.advance(minutes(11));
    await watch(world);
    expect(receiver.posts.map(({ body }) => body.state)).toEqual(['began', 'began']);
    expect(await db.alertPost.findMany({ orderBy: { ended: 'asc' } })).toMatchObject([
      { ended: false, attempts: 2, answer: 'HTTP 503', postedAt: null },
      { ended: true, attempts: 0 },
    ]);
    receiver.answers(204);
    world.clock.advance(minutes(5));
    await watch(world);
    await watch(world);
    await watch(world);
    expect(receiver.posts.map(({ body }) => body.state)).toEqual(['began', 'began', 'began', 'ended']);
    expect(new Set(receiver.posts.map(({ body }) => body.id)).size).toBe(2);
  });

  test('that sends elsewhere is not followed, and after a day nothing is news any more', async () => {
    const { receiver, world } = await scene();
    const elsewhere = await startWebhookReceiver();
    receiver.answers(307, { location: elsewhere.url.href });
    await breaks();
    await watch(world);
    expect(elsewhere.posts).toEqual([]);
    world.clock.advance(hours(25));
    receiver.answers(200);
    await watch(world);
    expect(receiver.posts).toHaveLength(1);
  });
});

test('where a mail server refuses our account, the alert says so; its mail follows once one is taken again', async () => {
  const { receiver, world } = await scene();
  const server = await serverThat({ refuse: { auth: '535 5.7.8 Bad credentials' } });
  const working = world.transports;
  world.transports = { email: [transportTo(server, { APP_URL: world.origin })] };
  await somebody(world);
  await queueCode(world, 'ana@latchkey.test');
  await deliver(world);
  await watch(world);
  expect(receiver.posts[0]?.body).toMatchObject({
    kind: 'provider_account',
    about: 'smtp',
    title: 'The mail server refuses our account',
  });
  expect(await db.delivery.count({ where: { kind: 'alert_began', status: { in: ['queued', 'sending'] } } })).toBe(1);
  world.transports = working;
  await db.delivery.updateMany({ data: { nextAttemptAt: plus(await databaseNow(db), -1_000) } });
  await deliver(world);
  expect((await messages(world, 'email')).map(({ subject }) => subject)).toContain(
    'The mail server refuses our account (Latchkey)',
  );
});
