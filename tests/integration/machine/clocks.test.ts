import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/generated/prisma/client';
import { minutes, plus, seconds, systemClock } from '@/lib/clock';
import { log } from '@/lib/log';
import { clockProblems } from '@/lib/server/clock-problems';
import { createUpkeep } from '@/lib/upkeep/upkeep';
import { createClockWatch } from '@/lib/upkeep/watch-clocks';
import { testClock } from '@/tests/support/clock';
import { databaseNow, testDatabase } from '@/tests/support/database';
import { worldOn } from '@/tests/support/world';

const db = testDatabase();

describe('TIM-1: before it starts', () => {
  test.each([0, 50, -50])('a database clock that is %i s ahead is taken', async (ahead) => {
    expect(await clockProblems({ db, clock: testClock(plus(await databaseNow(db), -seconds(ahead))) })).toEqual([]);
  });

  test.each([
    [5, '5 min ahead of'],
    [-5, '5 min behind'],
    [480, '8 h 0 min ahead of'],
  ])('one that is %i min ahead is refused, in a sentence that says what to do', async (ahead, words) => {
    const clock = testClock(plus(await databaseNow(db), -minutes(ahead)));
    expect(await clockProblems({ db, clock })).toEqual([
      `DATABASE_URL: the database's clock is ${words} this machine's; set both by NTP, then start again`,
    ]);
  });

  test.each(['Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu'])(
    'a connection in %s that loses offsets is refused',
    async (zone) => {
      const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL ?? '', max: 1 });
      const lossy = new PrismaClient({ adapter });
      try {
        await lossy.$queryRaw`SELECT set_config('TimeZone', ${zone}, false)`;
        const [problem] = await clockProblems({ db: lossy, clock: systemClock });
        expect(problem).toMatch(
          /^DATABASE_URL: a time comes back from this database off by \d+ h \d+ min; run ALTER DATABASE/,
        );
      } finally {
        await lossy.$queryRaw`SELECT set_config('TimeZone', 'UTC', false)`;
        await lossy.$disconnect();
      }
    },
  );
});

const waits = [
  ...(['hrtime', 'performance', 'nextTick', 'queueMicrotask'] as const),
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
] as const;

describe('TIM-1: while it runs', () => {
  const lines: unknown[][] = [];
  beforeEach(() => {
    lines.length = 0;
    for (const level of ['warn', 'info'] as const)
      jest.spyOn(log, level).mockImplementation((...said: unknown[]) => void lines.push([level, ...said]));
  });
  afterEach(() => jest.restoreAllMocks());

  test('clocks that come apart are told once, and once that they agree again', async () => {
    const clock = testClock(await databaseNow(db));
    const watch = createClockWatch();
    await watch({ db, clock });
    expect(lines).toEqual([]);
    clock.advance(minutes(5));
    for (let round = 0; round < 3; round += 1) await watch({ db, clock });
    const ahead = expect.any(Number);
    expect(lines).toEqual([
      ['warn', { alert: 'clock-skew', databaseAheadMs: ahead }, expect.stringMatching(/differ$/)],
    ]);
    clock.advance(-minutes(5));
    for (let round = 0; round < 2; round += 1) await watch({ db, clock });
    expect(lines.slice(1)).toEqual([['info', expect.stringMatching(/agree again$/)]]);
  });

  test('a server’s own round looks at them, and goes on', async () => {
    const now = plus(await databaseNow(db), minutes(5));
    // The machine's clock and nothing else: what waits goes on as ever.
    jest.useFakeTimers({ now, doNotFake: [...waits] });
    try {
      await createUpkeep(worldOn(db))();
    } finally {
      jest.useRealTimers();
    }
    expect(lines).toContainEqual(['warn', expect.objectContaining({ alert: 'clock-skew' }), expect.any(String)]);
    expect(await db.counter.count({ where: { key: 'guesses-mark' } })).toBe(1);
  });
});
