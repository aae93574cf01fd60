import { createSlots } from '@/lib/users/hash-slots';
import { within } from '@/lib/within';

const never = new Promise<never>(() => {});

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('TIM-2: an answer that never comes ends in an error', async () => {
  const ended = expect(within(1_000, never)).rejects.toThrow('no answer within 1000 ms');
  await jest.advanceTimersByTimeAsync(1_000);
  await ended;
});

test('TIM-2: an answer that comes in time is passed on, and leaves no timer behind', async () => {
  await expect(within(1_000, Promise.resolve('an answer'))).resolves.toBe('an answer');
  await expect(within(1_000, Promise.reject(new Error('a refusal')))).rejects.toThrow('a refusal');
  expect(jest.getTimerCount()).toBe(0);
});

test('TIM-2: behind a password check that never ends, the next one is told that all are busy', async () => {
  const slots = createSlots(1);
  void slots.run('a client', () => never);
  const second = slots.run('another', () => Promise.resolve('checked'));
  await jest.advanceTimersByTimeAsync(10_000);
  await expect(second).resolves.toBe('busy');
});

test('a place that comes free goes to who waits longest, and its wait ends', async () => {
  const slots = createSlots(1);
  let end = (): void => {};
  const first = slots.run(
    'a client',
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  const second = slots.run('another', () => Promise.resolve('checked'));
  end();
  await first;
  await expect(second).resolves.toBe('checked');
  expect(jest.getTimerCount()).toBe(0);
});
