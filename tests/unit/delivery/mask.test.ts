import { maskRecipient } from '@/lib/delivery/mask';

test.each([
  ['email', 'ana@latchkey.test', 'a…@latchkey.test'],
  ['email', '"a@b"@latchkey.test', '"…@latchkey.test'],
  ['email', '👩‍🚀x@latchkey.test', '👩…@latchkey.test'],
  ['sms', '+12025550123', '+1…23'],
  ['sms', '+4915110000007', '+4…07'],
] as const)('AUD-3: an operator sees the %s recipient %s as %s', (channel, to, seen) => {
  expect(maskRecipient(channel, to)).toBe(seen);
});
