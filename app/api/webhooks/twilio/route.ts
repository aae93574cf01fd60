import { sendQueued } from '@/app/send-queued';
import { container } from '@/lib/container';
import { readReceipt } from '@/lib/delivery/twilio/receipt';
import { signedByTwilio } from '@/lib/delivery/twilio/signature';
import { recordReceipt } from '@/lib/dispatch/receipts';
import { configuredTransports } from '@/lib/env/env';
import { describeError, log } from '@/lib/log';
import { readBody } from '@/lib/web/limited-body';
import { guarded } from '../../guarded';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Bytes. A status callback has a dozen short fields. */
const MOST = 16_384;
let told = false;

const answer = (status: number): Response => new Response(null, { status, headers: { 'Cache-Control': 'no-store' } });

/**
 * Twilio's status callbacks (DEL-8). What Twilio did not sign gets 403 and costs no query. 204 says that the receipt
 * is written, or changes nothing; 503 that it could not be written.
 */
export const POST = guarded(async (request) => {
  const { env, db, clock, origin, offered } = container();
  if (configuredTransports(env).sms !== 'twilio' || !env.TWILIO_AUTH_TOKEN) return answer(404);
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')) return answer(415);
  const body = await readBody(request, MOST);
  if (body === null) return answer(413);
  const form = new URLSearchParams(body);
  const { pathname, search, searchParams } = new URL(request.url);
  const signature = request.headers.get('x-twilio-signature');
  const url = `${origin.origin}${pathname}${search}`;
  if (!(await signedByTwilio(env.TWILIO_AUTH_TOKEN, { signature, url, form }))) return refuse(signature);
  const receipt = readReceipt(searchParams, form);
  if (!receipt) return answer(204);
  try {
    const outcome = await recordReceipt(db, { ...receipt, offered, now: clock.now() });
    if (outcome.status === 'recorded') sendQueued([outcome.failoverId]);
    return answer(204);
  } catch (error) {
    log.error(describeError(error), 'a receipt could not be written');
    return answer(503);
  }
});

/** A stranger can cause this as often as he likes, so it is said once; a wrong setting would cause it every time. */
function refuse(signature: string | null): Response {
  if (signature && !told) {
    told = true;
    log.warn(
      'A receipt was not signed for us. If SMS end at "sent", check APP_URL and TWILIO_AUTH_TOKEN (the primary one)',
    );
  }
  return answer(403);
}
