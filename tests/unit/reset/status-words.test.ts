import { deliveryWords, healthWords } from '@/app/(auth)/forgot-password/status-words';
import { seconds } from '@/lib/clock';
import type { DeliveryStep } from '@/lib/status/delivery-status';
import { pollIn } from '@/lib/status/status-pace';

const both = ['email', 'sms'] as const;

describe('the words that everybody gets', () => {
  test.each([
    ['email', { email: 'at-once', sms: 'unknown' }, 'Codes by email are leaving at once.'],
    ['sms', { email: 'slow', sms: 'at-once' }, 'Codes by text message are leaving at once.'],
    ['email', { email: 'slow', sms: 'at-once' }, 'Email is slow at the moment, text messages are not.'],
    ['sms', { email: 'at-once', sms: 'slow' }, 'Text messages are slow at the moment, email is not.'],
    // Of a channel that nothing is known of, nothing is said.
    ['email', { email: 'slow', sms: 'unknown' }, 'Email is slow at the moment.'],
    ['email', { email: 'slow', sms: 'slow' }, 'Email is slow at the moment.'],
    ['email', { email: 'unknown', sms: 'slow' }, 'Give the message a minute to arrive.'],
  ] as const)('asked by %s, with %o', (channel, health, words) => {
    expect(healthWords(channel, health, both)).toBe(words);
  });

  test('a channel that is not offered is not spoken of', () => {
    expect(healthWords('email', { email: 'slow', sms: 'at-once' }, ['email'])).toBe('Email is slow at the moment.');
  });
});

describe('the words that a known device gets', () => {
  const step = (changes: Partial<DeliveryStep>): DeliveryStep => ({
    channel: 'email',
    state: 'sent',
    again: false,
    trouble: null,
    sentMs: null,
    deliveredMs: null,
    ...changes,
  });
  const failedSms = step({ channel: 'sms', state: 'failed', trouble: 'recipient' });

  test.each([
    [[step({ state: 'queued' })], 'It leaves in a moment.'],
    [
      [step({ state: 'queued', again: true, trouble: 'passing' })],
      'It could not leave at the first try. We try again by ourselves.',
    ],
    [[step({ state: 'sending' })], 'It is leaving now.'],
    [[step({ sentMs: 200 })], 'Your mail provider has taken the message.'],
    [[step({ channel: 'sms', state: 'delivered' })], 'The message is on your phone.'],
    [
      [step({ state: 'failed', trouble: 'recipient' })],
      'Your email address could not be reached, so the code did not go out.',
    ],
    [[step({ state: 'failed', trouble: 'account' })], 'Email is held up at the moment, so the code did not go out.'],
    [[step({ state: 'failed' })], 'The code could not be sent.'],
    [[failedSms, step({ state: 'sending' })], 'Your phone could not be reached, so the same code is going by email.'],
    [[failedSms, step({ sentMs: 900 })], 'Your phone could not be reached, so the same code went by email.'],
    [
      [step({ ...failedSms, trouble: 'account' }), step({ sentMs: 900 })],
      'Text messages are held up at the moment, so the same code went by email.',
    ],
    [
      [failedSms, step({ state: 'failed', trouble: 'recipient' })],
      'Your phone could not be reached, and the email did not go out either.',
    ],
  ])('%#', (steps, words) => {
    expect(deliveryWords(steps)).toBe(words);
  });
});

test('the page asks every second at first, then every two, then every five; by the latest request', () => {
  const at = (ms: number) => new Date(ms);
  const flow = { startedAt: 0, askedAt: 100_000 };
  expect([0, 14_999, 15_000, 59_999, 60_000, 600_000].map((age) => pollIn(flow, at(100_000 + age)))).toEqual(
    [1, 1, 2, 2, 5, 5].map(seconds),
  );
  expect(pollIn({ startedAt: 0, askedAt: null }, at(20_000))).toBe(seconds(2));
});
