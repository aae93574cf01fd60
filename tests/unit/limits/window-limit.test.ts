import { minutes, plus, seconds } from '@/lib/clock';
import { createWindowLimit } from '@/lib/limits/window-limit';

const start = new Date('2026-11-22T12:00:00Z');

describe('asking more than a set number', () => {
  test('the last one that has room passes, the next one waits for its window to end', () => {
    const limit = createWindowLimit(3, minutes(1), 10);
    expect([0, 1, 2].map((at) => limit.spend(['ana'], plus(start, seconds(at))))).toEqual([0, 0, 0]);
    expect(limit.spend(['ana'], plus(start, seconds(20)))).toBe(seconds(40));
    expect(limit.spend(['bo'], plus(start, seconds(20)))).toBe(0);
    expect(limit.spend(['ana'], plus(start, seconds(59)))).toBe(seconds(1));
    expect(limit.spend(['ana'], plus(start, seconds(60)))).toBe(0);
  });

  test('the fuller one of two keys decides: a new flow on the same device has no more', () => {
    const limit = createWindowLimit(2, minutes(1), 10);
    for (const flow of ['one', 'two']) expect(limit.spend([flow, 'device'], start)).toBe(0);
    expect(limit.spend(['three', 'device'], start)).toBe(minutes(1));
  });

  test('a clock that jumps back opens a new window, and no one waits for ever', () => {
    const limit = createWindowLimit(1, minutes(1), 10);
    limit.spend(['ana'], start);
    expect(limit.spend(['ana'], plus(start, -minutes(60)))).toBe(0);
  });

  test('a hundred thousand clients take the place of a thousand; the oldest are forgotten', () => {
    const limit = createWindowLimit(1, minutes(1), 1_000);
    for (let client = 0; client < 100_000; client += 1) limit.spend([`client ${client}`], start);
    expect(limit.size).toBe(1_000);
    expect(limit.spend(['client 99999'], start)).toBeGreaterThan(0);
    expect(limit.spend(['client 0'], start)).toBe(0);
  });
});
