import { execFileSync } from 'node:child_process';
import { fakeClock } from '@/scripts/support/faketime';
import { otherDates } from '@/scripts/support/other-dates';

const names = (now: string) => otherDates(new Date(now)).map(({ name }) => name);

test('TIM-3: the whole suite can be run in other years, over the end of one and on February 29', () => {
  const far = ['in 430 days', 'in 731 days'];
  expect(names('2026-11-29T12:00:00Z')).toEqual([...far, '2026-12-31T23:58:30Z', '2028-02-29T12:00:00Z']);
  expect(names('2028-01-01T00:00:00Z')).toEqual([...far, '2028-12-31T23:58:30Z', '2032-02-29T12:00:00Z']);
  expect(names('2096-03-01T00:00:00Z').at(-1)).toBe('2104-02-29T12:00:00Z');
});

/** What a process and one that it starts read from their clocks, ms. */
function readBy(clock: Record<string, string> | null): number[] {
  const inside = `console.log(JSON.stringify([Date.now(), +require('child_process').execFileSync('date', ['+%s%3N'])]))`;
  return JSON.parse(
    execFileSync(process.execPath, ['-e', inside], { env: { ...process.env, ...clock }, encoding: 'utf8' }),
  );
}

const withFaketime = fakeClock(0) ? test : test.skip;
withFaketime('TIM-3: what runs on such a date, and all that it starts, reads that date', () => {
  // Not by this process's own clock: it may be moved itself.
  const [now = 0] = readBy(fakeClock(0));
  for (const { name, secondsFrom } of otherDates(new Date(now))) {
    const ahead = secondsFrom(new Date(now));
    const off = readBy(fakeClock(ahead)).map((time) => Math.abs(time - now - ahead * 1_000) < 10_000);
    expect([name, ...off]).toEqual([name, true, true]);
  }
});
