import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clocksOf, databaseTimes, mixedClocks } from './clocks-in-sql';

// TIM-1: each time column belongs to one clock, the app's or the database's, and no statement compares the two.

const schema = readFileSync('prisma/schema.prisma', 'utf8');
const clocks = clocksOf(schema);
const sources = ['lib', 'app', 'scripts']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('scripts/support/bench/'))
  .map((name) => ({ name, text: readFileSync(name, 'utf8') }));
const fragments = new Set(sources.flatMap(({ text }) => databaseTimes(text)));
const databases = [...clocks].flatMap(([table, columns]) =>
  [...columns].filter(([, clock]) => clock === 'database').map(([column]) => ({ table, column })),
);

test('TIM-1: docs/architecture.md names the columns of the database’s clock as the schema does', () => {
  const section = readFileSync('docs/architecture.md', 'utf8').split('## Two clocks')[1]?.split('\n## ')[0] ?? '';
  const named = [...section.matchAll(/`(\w+)\.(\w+)`/g)].map(([, table, column]) => ({ table, column }));
  const byName = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b));
  expect(named.sort(byName)).toEqual([...databases].sort(byName));
});

test('TIM-1: what belongs to the database’s clock has no default of the app’s', () => {
  const lines = schema.split('\n').filter((line) => line.includes('/// database clock'));
  expect(lines.length).toBe(databases.length);
  // Prisma puts its own `now()` into the statement, from this machine's clock.
  expect(lines.filter((line) => line.includes('@default(now())'))).toEqual([]);
});

test('TIM-1: no statement brings the two clocks together', () => {
  expect(fragments).toEqual(new Set(['UTC_DAY', 'NOW']));
  const found = sources.flatMap(({ name, text }) =>
    mixedClocks(text, clocks, fragments).map((what) => `${name}: ${what}`),
  );
  expect(found).toEqual([]);
});

test('TIM-1: what belongs to the database’s clock is neither compared nor written in TypeScript', () => {
  // Of another table, and the app's there.
  const names = [...new Set(databases.map(({ column }) => column))].join('|');
  const compared = new RegExp(
    `\\.(${names})\\s*(\\)?\\s*[<>]=?|\\.getTime|\\?\\.getTime)|[<>]=?\\s*\\w+\\.(${names})\\b`,
  );
  const given = new RegExp(`\\b(${names}):\\s*(\\{|new Date|now\\b|at\\b|plus\\(|\\w*[cC]lock)`);
  const found = sources.flatMap(({ name, text }) =>
    text.split('\n').flatMap((line) => (compared.test(line) || given.test(line) ? [`${name}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});

// `$[` stands for what JavaScript puts in.
const bad = [
  ['a purge by the other clock', 'DELETE FROM "Counter" WHERE "expiresAt" < now()'],
  ['with days between', `DELETE FROM "Delivery" WHERE id = 1 AND "queuedAt" < now() - interval '30 days'`],
  ['the other way round', 'SELECT 1 FROM "Session" WHERE now() >= "expiresAt" OR true'],
  ['an age', 'SELECT EXTRACT(EPOCH FROM now() - min("queuedAt")) FROM "Delivery"'],
  ['an unquoted column', 'SELECT COALESCE(min(at) < now(), false) FROM "AuditEvent"'],
  ['an assignment', 'UPDATE "Delivery" d SET status = 1, "sentAt" = COALESCE(d."sentAt", now()) WHERE true'],
  ['an assignment by CASE', 'UPDATE "Delivery" SET "endedAt" = CASE WHEN a AND b THEN now() ELSE "endedAt" END'],
  ['an insert', 'INSERT INTO "AuditEvent" (type, at) SELECT type, now() FROM written'],
  ['an insert of values', 'INSERT INTO "Delivery" (kind, "nextAttemptAt") VALUES (1, $[now})'],
  ['a lease by the app’s time', 'SELECT 1 FROM "Delivery" WHERE status = 1 AND "nextAttemptAt" <= $[clock.now()}'],
  [
    'a circuit by the app’s time',
    'SELECT 1 FROM "Transport" WHERE "openUntil" IS NULL OR "openUntil" <= $[plus(now, 5)}',
  ],
  ['two columns', 'SELECT 1 FROM "Delivery" WHERE "nextAttemptAt" - "queuedAt" > 1'],
  ['by a named fragment', 'SELECT 1 FROM "Session" WHERE "expiresAt" > $[NOW}'],
  ['in brackets', 'SELECT 1 FROM "Session" WHERE "expiresAt" > (now() + interval \'1 day\')'],
] as const;
test.each(bad)('TIM-1: the rule refuses %s', (_, sql) => {
  expect(mixedClocks(`db.$queryRaw\`${sql.replaceAll('$[', '${')}\``, clocks, fragments)).toHaveLength(1);
});

const good = [
  'UPDATE "Delivery" SET "nextAttemptAt" = now() + interval \'60 seconds\', "sentAt" = $[now} WHERE "queuedAt" < $[now}',
  'SELECT CASE WHEN "openUntil" > now() THEN "openUntil" END FROM "Transport" WHERE "lastErrorAt" < now()',
  'INSERT INTO "Delivery" (kind, "queuedAt", "nextAttemptAt") SELECT kind, $[at}, now() FROM x',
  'UPDATE "AlertPost" SET "nextAttemptAt" = $[now}::timestamptz WHERE "nextAttemptAt" <= $[now}',
];
test.each(good)('TIM-1: the rule lets pass %s', (sql) => {
  expect(mixedClocks(`db.$queryRaw\`${sql.replaceAll('$[', '${')}\``, clocks, fragments)).toEqual([]);
});
