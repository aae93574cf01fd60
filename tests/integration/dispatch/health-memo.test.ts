import { createServer } from 'node:net';
import { minutes, seconds } from '@/lib/clock';
import { connect } from '@/lib/db/client';
import { createHealthMemo } from '@/lib/status/health-memo';
import { testClock } from '../../support/clock';
import { testDatabase } from '../../support/database';
import { exact, now, sentCodes } from '../../support/sent-codes';
import { countedDatabase } from '../../support/statements';
import { somebody, worldOn } from '../../support/world';

const db = testDatabase();

describe('what one process remembers', () => {
  test('any number of browsers cost one query in 15 s, and one at a time', async () => {
    const { db: counted, statements } = countedDatabase();
    const clock = testClock(now);
    const memo = createHealthMemo();
    await Promise.all(Array.from({ length: 50 }, () => memo.current({ db: counted, keyring: exact, clock })));
    clock.advance(seconds(14.9));
    await memo.current({ db: counted, keyring: exact, clock });
    expect(statements).toHaveLength(1);
    clock.advance(seconds(0.1));
    await Promise.all(Array.from({ length: 50 }, () => memo.current({ db: counted, keyring: exact, clock })));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(statements).toHaveLength(2);
    await counted.$disconnect();
  });

  test('what was known is said while it is asked anew, but not after a minute', async () => {
    const clock = testClock(now);
    const memo = createHealthMemo();
    expect((await memo.current({ db, keyring: exact, clock })).email).toBe('unknown');
    await somebody(worldOn(db));
    await sentCodes(db, { people: 20 });
    clock.advance(seconds(20));
    expect((await memo.current({ db, keyring: exact, clock })).email).toBe('unknown');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await memo.current({ db, keyring: exact, clock })).email).toBe('at-once');
    clock.advance(minutes(30));
    expect((await memo.current({ db, keyring: exact, clock })).email).toBe('unknown');
  });

  test.each(['refuses', 'says nothing'])(
    'a database that %s is "unknown" within seconds, and no error',
    async (how) => {
      const server = createServer((socket) => (how === 'refuses' ? socket.destroy() : undefined));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const away = connect(`postgresql://x@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/x`);
      const clock = testClock(now);
      const memo = createHealthMemo();
      const started = Date.now();
      expect(await memo.current({ db: away, keyring: exact, clock })).toEqual({ email: 'unknown', sms: 'unknown' });
      expect(Date.now() - started).toBeLessThan(3_000);
      await away.$disconnect();
      server.close();
    },
  );
});
