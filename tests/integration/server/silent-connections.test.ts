import { Client } from 'pg';
import { seconds } from '@/lib/clock';
import { connect, type Database } from '@/lib/db/client';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { createHealthMemo } from '@/lib/status/health-memo';
import { testDatabase } from '@/tests/support/database';
import { type Line, openLine } from '@/tests/support/line';
import { asksForCode, takesUp } from '@/tests/support/person';
import { queueCode } from '@/tests/support/queue';
import { anasPassword, messages, somebody, whoFits, worldOn } from '@/tests/support/world';

const db = testDatabase();
const RECOVERED = seconds(15);

let line: Line;
let away: Database;
beforeEach(async () => {
  const url = new URL(process.env.DATABASE_URL ?? '');
  line = await openLine({ host: url.hostname, port: Number(url.port || 5432) });
  away = connect(Object.assign(url, { hostname: '127.0.0.1', port: String(line.port) }).href);
});
afterEach(async () => {
  // A silent connection says no goodbye.
  line.close();
  await away.$disconnect();
});

/** One world, as two instances see it: the way of the second to the database can fall silent. */
function instances() {
  const here = worldOn(db);
  return { here, there: { ...here, db: away } };
}

const took = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await act().catch(() => undefined);
  return performance.now() - began;
};

/** @returns ms until it holds; it is asked again and again, as people do */
async function until(holds: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  while (!(await holds().catch(() => false))) {
    if (performance.now() - began > seconds(90)) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.now() - began;
}

/** Many questions at once, so that the pool has as many connections as it may. */
const fillThePool = () => Promise.all(Array.from({ length: 10 }, () => away.$queryRaw`SELECT pg_sleep(0.1)::text`));

test('TIM-2: requests whose connections fall silent end, and the next ones are answered, within 15 s', async () => {
  const { here, there } = instances();
  await somebody(here);
  await fillThePool();
  line.silence();
  const times = await Promise.all(
    Array.from({ length: 30 }, () => took(() => asksForCode(there, 'ana@latchkey.test'))),
  );
  expect(Math.max(...times)).toBeLessThan(RECOVERED);
  // One that fell silent unused is not tried either.
  expect(await took(() => fillThePool())).toBeLessThan(seconds(2));
  await expect(asksForCode(there, 'ana@latchkey.test')).resolves.toBeDefined();
}, 60_000);

test('TIM-2: a reset that falls silent in its transaction ends, and its row is free, within 15 s', async () => {
  const { here, there } = instances();
  await somebody(here);
  const ana = await asksForCode(there, 'ana@latchkey.test');
  await ana.typesTheCode();
  const fallen = line.silenceAt('"mailDistrusted"');
  const first = took(() => ana.chooses('brass otter lantern'));
  await fallen;
  // From another instance, whose connections work.
  const elsewhere = takesUp(here, ana.flow);
  expect(
    await until(async () => {
      // It fails while the row is held.
      await elsewhere.chooses('brass otter lantern');
      return Boolean(await whoFits(here, 'ana@latchkey.test', 'brass otter lantern'));
    }),
  ).toBeLessThan(RECOVERED);
  expect(await first).toBeLessThan(RECOVERED);
  expect(await whoFits(here, 'ana@latchkey.test', anasPassword)).toBeNull();
}, 60_000);

test('TIM-2: a dispatcher whose connections fall silent sends again within 15 s', async () => {
  const { here, there } = instances();
  await somebody(here);
  const dispatcher = createDispatcher(there);
  dispatcher.start();
  await queueCode(here, 'ana@latchkey.test');
  dispatcher.nudge();
  await until(async () => (await messages(here)).length === 1);
  await fillThePool();
  line.silence();
  await queueCode(here, 'ana@latchkey.test');
  dispatcher.nudge();
  expect(await until(async () => (await messages(here)).length === 2)).toBeLessThan(RECOVERED);
  await dispatcher.stop();
}, 60_000);

test('TIM-2: a delivery whose claim was answered into silence comes back when its lease of 60 s ends', async () => {
  const { here, there } = instances();
  await somebody(here);
  const dispatcher = createDispatcher(there);
  const fallen = line.silenceAt('"tokensAt" = now()');
  await queueCode(here, 'ana@latchkey.test');
  dispatcher.start();
  await fallen;
  const lost = performance.now();
  // Others are sent meanwhile.
  await queueCode(here, 'ana@latchkey.test');
  expect(await until(async () => (await messages(here)).length === 1)).toBeLessThan(RECOVERED);
  await until(async () => (await messages(here)).length === 2);
  const waited = performance.now() - lost;
  expect(waited).toBeGreaterThan(seconds(55));
  expect(waited).toBeLessThan(seconds(70));
  await dispatcher.stop();
}, 120_000);

test('TIM-2: the health of channels is asked anew after a silence', async () => {
  const { here, there } = instances();
  const memo = createHealthMemo();
  await fillThePool();
  line.silence();
  expect(await took(() => memo.current(there))).toBeLessThan(seconds(4));
  expect(
    await until(async () => {
      here.clock.advance(seconds(61));
      const asked = line.said().length;
      await memo.current(there);
      return line.said().length > asked;
    }),
  ).toBeLessThan(RECOVERED);
}, 60_000);

test('TIM-2: a statement that waits for a row is canceled at the server, and holds nothing there', async () => {
  const holder = new Client({ connectionString: process.env.DATABASE_URL });
  await holder.connect();
  const { id } = await somebody(worldOn(db));
  await holder.query('BEGIN');
  await holder.query('SELECT FROM "User" WHERE id = $1 FOR UPDATE', [id]);
  expect(await took(() => away.user.update({ where: { id }, data: { name: 'Eve' } }))).toBeLessThan(RECOVERED);
  const waiting = async () =>
    (await holder.query(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`))
      .rowCount;
  expect(await until(async () => (await waiting()) === 0)).toBeLessThan(seconds(2));
  await holder.query('COMMIT');
  await holder.end();
}, 60_000);
