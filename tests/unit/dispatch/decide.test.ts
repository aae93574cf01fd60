import { hours, minutes, seconds } from '@/lib/clock';
import { decide, type Refusal, type Situation } from '@/lib/dispatch/decide';
import { backoff } from '@/lib/dispatch/retry';

const fresh: Situation = {
  kind: 'code',
  attempts: 1,
  lifeMs: minutes(10),
  otherChannel: 'email',
  otherTransport: false,
  random: 0.5,
};
const alone: Situation = { ...fresh, otherChannel: null };
const recipient: Refusal = { class: 'recipient', stops: false };
const message: Refusal = { class: 'account', stops: false };
const account: Refusal = { class: 'account', stops: true };
const passing: Refusal = { class: 'passing', stops: true };

const over = { action: 'failover', to: 'email' };
const fails = { action: 'fail' };
const waits = { action: 'retry', inMs: expect.any(Number) };

describe('DEL-7: what follows a refusal', () => {
  test.each<[string, Refusal, Situation, object]>([
    ['a number that cannot be reached: the other channel', recipient, fresh, over],
    ['and where there is none, the end', recipient, alone, fails],
    [
      'though the server were at fault as well and another stood by',
      { class: 'recipient', stops: true },
      { ...fresh, otherTransport: true },
      over,
    ],
    ['a message the account may not send: the other channel', message, fresh, over],
    ['and where there is none, the end', message, alone, fails],
    [
      'a refused sign-in: the second server at once',
      account,
      { ...fresh, otherTransport: true },
      { action: 'retry', inMs: 0 },
    ],
    ['without a second server: the other channel', account, fresh, over],
    ['without either: later', account, alone, waits],
    ['a passing failure: later', passing, fresh, waits],
    ['the third of them: the other channel', passing, { ...fresh, attempts: 3 }, over],
    ['the third of them with a second server: later', passing, { ...fresh, attempts: 3, otherTransport: true }, waits],
    ['the tenth of them with nowhere else to go: later', passing, { ...alone, attempts: 10 }, waits],
    [
      'a passing failure of a code that is nearly dead: the other channel',
      passing,
      { ...fresh, lifeMs: seconds(5) },
      over,
    ],
    ['and where there is none, the end', passing, { ...alone, lifeMs: seconds(5) }, fails],
    ['no transport that works: the other channel', 'no-transport', fresh, over],
    ['and where there is none, later', 'no-transport', alone, waits],
    ['an SMS that may not leave now: the other channel', 'withheld', fresh, over],
    ['however long that code lived', 'withheld', { ...fresh, lifeMs: hours(2) }, over],
    ['and where there is none, the end', 'withheld', alone, fails],
    ['but a notice waits', 'withheld', { ...alone, kind: 'password_changed', lifeMs: minutes(1_440) }, waits],
    ['and where the code is nearly dead, the end', 'no-transport', { ...alone, lifeMs: seconds(8) }, fails],
  ])('%s', (_what, refusal, situation, expected) => {
    expect(decide(refusal, situation)).toEqual(expected);
  });

  test('no wait reaches past the life of the message', () => {
    for (let attempts = 1; attempts < 40; attempts += 1)
      for (const random of [0, 0.3, 0.999])
        for (const lifeMs of [seconds(6), seconds(30), minutes(9)]) {
          const next = decide(passing, { ...alone, attempts, random, lifeMs });
          if (next.action === 'retry') expect(next.inMs).toBeLessThan(lifeMs - seconds(4));
        }
  });
});

describe('the wait before the next try', () => {
  test('doubles, up to a minute, and is anything below that (full jitter)', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 30].map((attempts) => backoff(attempts, 1))).toEqual(
      [2, 4, 8, 16, 32, 60, 60, 60].map(seconds),
    );
    expect(backoff(6, 0)).toBe(0);
    expect(backoff(6, 0.25)).toBe(seconds(15));
  });
});
