import { createServer } from 'node:net';
import { minutes, plus, seconds } from '@/lib/clock';
import { connect } from '@/lib/db/client';
import { channelHealth, MIN_IDENTIFIERS, MORE_IDENTIFIERS, peopleNeeded } from '@/lib/dispatch/health';
import { createHealthMemo } from '@/lib/dispatch/health-memo';
import type { Keyring } from '@/lib/keys/keyring';
import { newNonce } from '@/lib/otp/derive';
import { testClock } from '../../support/clock';
import { testDatabase } from '../../support/database';
import { keyringOf } from '../../support/keyring';
import { countedDatabase } from '../../support/statements';
import { somebody, worldOn } from '../../support/world';

const db = testDatabase();
/** 12:05 and its 10 s of grace are over: the latest closed window is 12:00 to 12:05, the longer one 11:45 to 12:00. */
const now = new Date('2026-11-22T12:06:00Z');
const inShort = new Date('2026-11-22T12:02:00Z');
const inLong = new Date('2026-11-22T11:50:00Z');

type Sent = {
  by: 'email' | 'sms';
  people: number;
  each: number;
  at: Date;
  tookMs: number | null;
  status: 'sent' | 'failed' | 'queued' | 'abandoned';
  errorClass: 'recipient' | 'passing' | null;
  errorCode: string | null;
  decoy: boolean;
  /** People of two calls with the same name are the same. */
  names: string;
};

let userId = '';
let calls = 0;

/** So many people ask and get, or do not get, their code. */
async function codes(changes: Partial<Sent> & { people: number }): Promise<void> {
  calls += 1;
  const sent: Sent = {
    by: 'email',
    each: 1,
    at: inShort,
    tookMs: 200,
    status: 'sent',
    errorClass: null,
    errorCode: null,
    decoy: false,
    names: `call ${calls}`,
    ...changes,
  };
  const owner = sent.decoy ? null : userId;
  const ids = Array.from({ length: sent.people * sent.each }, (_, row) => `${calls}-${row}`);
  await db.challenge.createMany({
    data: ids.map((id, row) => ({
      id,
      purpose: 'password_reset',
      userId: owner,
      identifierHash: `${sent.names} ${row % sent.people}`,
      nonce: newNonce(),
      keyId: 'a',
      digits: 6,
      maxAttempts: 5,
      createdAt: sent.at,
      expiresAt: plus(sent.at, minutes(10)),
    })),
  });
  await db.delivery.createMany({
    data: ids.map((challengeId) => ({
      kind: 'code',
      channel: sent.by,
      challengeId,
      userId: owner,
      queuedAt: sent.at,
      status: sent.status,
      errorClass: sent.errorClass,
      errorCode: sent.errorCode,
      sentAt: sent.tookMs === null ? null : plus(sent.at, sent.tookMs),
    })),
  });
}
const late = { tookMs: seconds(11) } as const;
/** No window needs more than 20 people by this one. */
const exact: Keyring = { ...keyringOf('a'), pepperedHash: () => '0'.repeat(64) };
const health = () => channelHealth(db, exact, now);

beforeEach(async () => {
  userId = (await somebody(worldOn(db))).id;
});

describe('too coarse to single anyone out', () => {
  test('20 different people say something, 19 do not', async () => {
    await codes({ people: MIN_IDENTIFIERS - 1 });
    expect(await health()).toEqual({ email: 'unknown', sms: 'unknown' });
    await codes({ people: 1 });
    expect(await health()).toEqual({ email: 'at-once', sms: 'unknown' });
  });

  test('how many more it takes differs by window and channel, and only the server knows', () => {
    const keyring = keyringOf('a');
    const needed = Array.from({ length: 400 }, (_, window) =>
      peopleNeeded(keyring, 'email', plus(now, minutes(5 * window))),
    );
    expect([Math.min(...needed), Math.max(...needed)]).toEqual([MIN_IDENTIFIERS, MIN_IDENTIFIERS + MORE_IDENTIFIERS]);
    expect(peopleNeeded(keyring, 'email', now)).toBe(needed[0]);
    const others = Array.from({ length: 400 }, (_, window) =>
      peopleNeeded(keyring, 'sms', plus(now, minutes(5 * window))),
    );
    expect(others).not.toEqual(needed);
  });

  test('one person who asks thirty times is one', async () => {
    await codes({ people: 1, each: 30 });
    await codes({ people: 18 });
    expect((await health()).email).toBe('unknown');
  });

  test('decoys are nobody', async () => {
    await codes({ people: 19 });
    await codes({ people: 30, decoy: true });
    expect((await health()).email).toBe('unknown');
  });

  test('a window that is open, or has closed just now, is not counted', async () => {
    await codes({ people: 40, at: new Date('2026-11-22T12:05:00Z') });
    expect((await health()).email).toBe('unknown');
    const closed = new Date('2026-11-22T12:10:00Z');
    expect((await channelHealth(db, exact, plus(closed, seconds(10) - 1))).email).toBe('unknown');
    expect((await channelHealth(db, exact, plus(closed, seconds(10)))).email).toBe('at-once');
  });

  test('where five minutes have too few, the last closed quarter of an hour is asked', async () => {
    await codes({ people: 19, ...late });
    await codes({ people: 20, at: inLong });
    expect((await health()).email).toBe('at-once');
    await codes({ people: 1, ...late });
    expect((await health()).email).toBe('slow');
  });

  test('both windows have their own people: 19 and 19 are not 38', async () => {
    await codes({ people: 19 });
    await codes({ people: 19, at: inLong });
    expect((await health()).email).toBe('unknown');
  });
});

describe('what makes a channel slow', () => {
  test('more than a tenth of its people, each counted once', async () => {
    await codes({ people: 18, by: 'sms' });
    await codes({ people: 2, by: 'sms', each: 20, ...late });
    expect((await health()).sms).toBe('at-once');
    await codes({ people: 1, by: 'sms', ...late });
    expect(await health()).toEqual({ email: 'unknown', sms: 'slow' });
  });

  test.each([
    ['failing', { status: 'failed', errorClass: 'passing', tookMs: null }, 'slow'],
    ['not leaving', { status: 'queued', tookMs: null }, 'slow'],
    ['dying before it leaves', { status: 'abandoned', errorCode: 'expired', tookMs: null }, 'slow'],
    ['a recipient who cannot be reached', { status: 'failed', errorClass: 'recipient', tookMs: null }, 'at-once'],
    ['a code that was used before it left', { status: 'abandoned', errorCode: 'used', tookMs: null }, 'at-once'],
  ] as const)('%s', async (_what, changes, state) => {
    await codes({ people: 20 });
    await codes({ people: 5, ...changes });
    expect((await health()).email).toBe(state);
  });
});

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
    await codes({ people: 20 });
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
