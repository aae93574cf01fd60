import { minutes, plus, seconds } from '@/lib/clock';
import { channelHealth, MIN_IDENTIFIERS, MORE_IDENTIFIERS, peopleNeeded } from '@/lib/status/channel-health';
import { testDatabase } from '../../support/database';
import { keyringOf } from '../../support/keyring';
import { exact, inLong, now, sentCodes } from '../../support/sent-codes';
import { somebody, worldOn } from '../../support/world';

const db = testDatabase();
const late = { tookMs: seconds(11) } as const;
const codes = (sent: Parameters<typeof sentCodes>[1]) => sentCodes(db, sent);
const health = () => channelHealth(db, exact, now);

beforeEach(() => somebody(worldOn(db)));

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
