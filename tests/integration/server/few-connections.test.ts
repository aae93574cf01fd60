import { randomBytes } from 'node:crypto';
import { seconds } from '@/lib/clock';
import { connect, type Database } from '@/lib/db/client';
import { testDatabase } from '@/tests/support/database';

const db = testDatabase();

/** The test's own database, by a URL with these parts changed. */
function address(change: (url: URL) => void): string {
  const url = new URL(process.env.DATABASE_URL ?? '');
  change(url);
  return url.href;
}

/** So many questions at once, each as long as a slow page's. */
const ask = (by: Database, count: number) =>
  Promise.all(Array.from({ length: count }, () => by.$queryRaw`SELECT pg_sleep(0.05)::text`));

/** Connections that carry this name at this moment. */
async function openBy(name: string): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = ${name}`;
  return row.count;
}

const named = (name: string, limit?: number) =>
  address(({ searchParams }) => {
    searchParams.set('application_name', name);
    if (limit) searchParams.set('connection_limit', String(limit));
  });

test.each([
  ['ten without a setting', undefined, undefined, 10],
  ["the URL's connection_limit", 3, undefined, 3],
  ['DATABASE_POOL, also over the URL', 3, 5, 5],
])(
  'TIM-2: a process has %s connections at most, and its other questions wait for one',
  async (what, limit, pool, most) => {
    const name = `pool ${what}`.slice(0, 60);
    const by = connect(named(name, limit), pool);
    await ask(by, 60);
    expect(await openBy(name)).toBe(most);
    await by.$disconnect();
  },
);

test('TIM-2: where a role may have no more connections, questions wait for one of those that it has', async () => {
  const role = `latchkey_few_${randomBytes(6).toString('hex')}`;
  await db.$executeRawUnsafe(`CREATE ROLE ${role} LOGIN CONNECTION LIMIT 2`);
  const as = address((url) => {
    url.username = role;
  });
  const [one, another] = [connect(as), connect(as)];
  try {
    await Promise.all([ask(one, 40), ask(another, 40)]);
    // Transactions too.
    await Promise.all(Array.from({ length: 10 }, () => one.$transaction((tx) => tx.$queryRaw`SELECT 1`)));
  } finally {
    await Promise.all([one.$disconnect(), another.$disconnect()]);
    await db.$executeRawUnsafe(`DROP ROLE ${role}`);
  }
}, 30_000);

test('TIM-2: a wait for a connection ends where none comes free', async () => {
  const by = connect(
    address(() => {}),
    1,
  );
  // Prisma asks when somebody waits.
  const long = by.$queryRaw`SELECT pg_sleep(7)::text`.then(String);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const began = performance.now();
  await expect(by.$queryRaw`SELECT 1`).rejects.toThrow();
  expect(performance.now() - began).toBeLessThan(seconds(7));
  await long;
  await expect(by.$queryRaw`SELECT 1`).resolves.toBeDefined();
  await by.$disconnect();
}, 30_000);
