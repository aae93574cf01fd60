import 'server-only';
import { after } from 'next/server';
import { container } from '@/lib/container';
import { describeError, log } from '@/lib/log';

/**
 * Hurries deliveries that have just been committed (DEL-9): on a server that keeps running the dispatcher is nudged
 * at once, on serverless they are sent when the answer has left. Their rows outlive this process if it dies first.
 */
export function sendQueued(deliveryIds: readonly (string | null)[]): void {
  const ids = deliveryIds.filter((id) => id !== null);
  if (ids.length === 0) return;
  const { dispatcher, env } = container();
  if (env.DISPATCHER === 'process') dispatcher.nudge();
  else
    after(() =>
      dispatcher.sendNow(ids).catch((error: unknown) => log.error(describeError(error), 'could not dispatch')),
    );
}
