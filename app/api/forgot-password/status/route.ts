import { statusOf } from '@/app/(auth)/forgot-password/flow-status';
import { minutes } from '@/lib/clock';
import { container } from '@/lib/container';
import { createWindowLimit, type WindowLimit } from '@/lib/limits/window-limit';
import { describeError, log } from '@/lib/log';
import { stepOf } from '@/lib/reset/flow';
import { readDevices } from '@/lib/session/device-cookie';
import { readFlow } from '@/lib/session/flow-cookie';
import { pollIn } from '@/lib/status/status-pace';
import { guarded } from '../../guarded';

export const dynamic = 'force-dynamic';

/** Requests a minute and client: a flow, and each device of its browser. A page asks about 40 times in its first one. */
const MOST = 120;
const CLIENTS = 20_000;

const shared = globalThis as typeof globalThis & { latchkeyStatusLimit?: WindowLimit };

const answer = (body: object, status = 200, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers: { 'Cache-Control': 'no-store', ...headers } });

/**
 * How the code of this browser's flow is doing (docs/architecture.md, Status): the channel's health for everybody, the delivery
 * itself for a device that the account knows. 401 without a flow that waits for its code, 429 with Retry-After.
 */
export const GET = guarded(async () => {
  const flow = await readFlow();
  if (!flow || stepOf(flow) !== '/forgot-password/verify')
    return answer({ error: 'There is no code under way in this browser.' }, 401);
  const now = container().clock.now();
  const devices = await readDevices();
  shared.latchkeyStatusLimit ??= createWindowLimit(MOST, minutes(1), CLIENTS);
  const waitMs = shared.latchkeyStatusLimit.spend([flow.challengeId, ...devices], now);
  if (waitMs > 0)
    return answer({ error: 'Too many requests.' }, 429, { 'Retry-After': String(Math.ceil(waitMs / 1000)) });
  try {
    return answer({ ...(await statusOf(flow, devices)), pollInMs: pollIn(flow, now) });
  } catch (error) {
    // Only a browser with a device cookie comes here, whoever's flow it has. Its page keeps what it shows.
    log.warn(describeError(error), 'a delivery could not be looked up');
    return answer({ error: 'The status cannot be read at the moment.' }, 503, { 'Retry-After': '5' });
  }
});
