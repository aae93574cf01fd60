'use client';

import { useCountdown } from '@/components/ui/use-countdown';
import { DeliveryLine } from './delivery-line';
import type { FlowStatus } from './flow-status';
import { useStatusPoll } from './use-status-poll';

type Channel = 'email' | 'sms';

type Props = {
  initial: FlowStatus;
  channel: Channel;
  otherChannel: Channel | null;
  asOf: number;
  secondsLeft: number;
  /** Until half a minute has passed since the code was asked for; the wait before it may be sent again. */
  adviceInSeconds: number;
};

const hint: Record<Channel, string> = {
  email: 'Look in the spam folder too.',
  sms: 'Keep your phone on and within reach.',
};

/** A rule, and no news of anybody: past it everything goes on looking as ever (ENU-6). */
const rule = 'At most 5 codes an hour go to one address.';

/** The same for everybody after half a minute, whoever has an account. */
function adviceOf(channel: Channel, otherChannel: Channel | null): string {
  if (channel === 'email')
    return otherChannel
      ? `Nothing yet? Look in the spam folder, send the code again, or use text message instead. ${rule}`
      : `Nothing yet? Look in the spam folder, or send the code again. ${rule}`;
  // Whoever has no number got an email: nobody is told who that is.
  return otherChannel
    ? `Nothing yet? Look in your mail and its spam folder, send the code again, or use email instead. ${rule}`
    : `Nothing yet? See that your phone has a signal, or send the code again. ${rule}`;
}

const dots = {
  'at-once': 'bg-good ring-good-soft',
  slow: 'bg-brass ring-brass-soft',
  unknown: 'bg-faint ring-line',
} as const;

/**
 * How the code is doing: the channel's health for everybody, the delivery itself on a device that the account knows.
 * Its space is kept for the longest of its words, so that the field below stays where it is.
 */
export function DeliveryStatus({ initial, channel, otherChannel, asOf, secondsLeft, adviceInSeconds }: Props) {
  const { health, delivery } = useStatusPoll(initial, asOf, secondsLeft);
  const waits = useCountdown(adviceInSeconds, asOf) > 0;
  return (
    <>
      <div
        className={`flex flex-col justify-center rounded-panel bg-raised px-4 py-3 text-[0.84375rem] ${delivery ? 'min-h-37 max-[340px]:min-h-42 sm:min-h-29' : 'min-h-16.5'}`}
      >
        {delivery && <DeliveryLine steps={delivery.steps} />}
        {/* Only its changes are read out: what stands at first is read with the page. */}
        <p role="status" className="flex gap-3 font-medium">
          {!delivery && (
            <i aria-hidden="true" className={`mt-1.5 size-2.25 flex-none rounded-full ring-4 ${dots[health.state]}`} />
          )}
          <span>{delivery ? delivery.words : health.words}</span>
        </p>
      </div>
      <p aria-live="polite" className="mt-2 mb-3 min-h-16 px-4 text-[0.8125rem] text-faint sm:min-h-10.5">
        {waits ? hint[delivery?.steps.at(-1)?.channel ?? channel] : adviceOf(channel, otherChannel)}
      </p>
      <noscript>
        <form method="get" action="/forgot-password/verify" className="-mt-3 mb-3 px-4">
          <button
            type="submit"
            className="min-h-11 text-left text-sm font-medium text-brass underline-offset-4 hover:underline"
          >
            Check again
          </button>
        </form>
      </noscript>
    </>
  );
}
