import { tookNothing } from '@/lib/delivery/twilio/not-taken';

// RL-6: what is given back must certainly not have been sent.

test.each(['21211', '21610', '20429', '20003', 'HTTP 404', 'ECONNREFUSED', 'EDNS', 'EUNKNOWN'])(
  'after %s nothing was taken',
  (code) => expect(tookNothing(code)).toBe(true),
);

test.each(['ETIMEDOUT', 'ECONNRESET', 'EPIPE', 'HTTP 500', 'HTTP 503', '20500', '20503', 'internal', ''])(
  'after %s nobody knows',
  (code) => expect(tookNothing(code)).toBe(false),
);
