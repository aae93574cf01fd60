import { stopsTransport } from '@/lib/delivery/stops';

test.each([
  ['535 5.7.8', true],
  ['550 5.4.5', true],
  ['20003', true],
  ['HTTP 503', true],
  ['ECONNREFUSED', true],
  // One message's: a mailbox, a number, an address that our own check refused, a failure without a name.
  ['550 5.1.1', false],
  ['21211', false],
  ['HTTP 404', false],
  ['EHEADER', false],
  ['EUNKNOWN', false],
])('DEL-7: an answer of %s opens the circuit of its transport: %s', (code, stops) => {
  expect(stopsTransport(code)).toBe(stops);
});
