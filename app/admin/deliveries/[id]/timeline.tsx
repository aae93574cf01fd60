import Link from 'next/link';
import type { ReactNode } from 'react';
import { transportName } from '@/app/admin/transport-name';
import { duration } from '@/components/admin/figures';
import { Time } from '@/components/admin/time';
import type { Linked, SeenDelivery, Try } from '@/lib/admin/deliveries/delivery';
import { channelNames, classNames, said, statusNames } from '../words';

type Step = { key: string; at: Date | null; title: ReactNode; note?: ReactNode; tone?: 'good' | 'bad' };

const To = ({ to, children }: { to: Linked; children: ReactNode }) => (
  <Link href={`/admin/deliveries/${to.id}`} prefetch={false} className="text-brass underline underline-offset-4">
    {children}
  </Link>
);

function tryStep({ number, transport, startedAt, endedAt, accepted, errorClass, errorCode, answer }: Try): Step {
  const took = endedAt ? `, ${duration(endedAt.getTime() - startedAt.getTime())}` : '';
  const words = said(errorCode, answer);
  const how = endedAt ? (accepted ? 'took it' : 'did not take it') : 'has not answered yet';
  return {
    key: `try ${number}`,
    at: startedAt,
    title: `Try ${number}: ${transportName(transport)} ${how}${took}`,
    note: (
      <>
        {words ? <code className="block break-words font-mono text-[0.8125rem]">{words}</code> : null}
        {errorClass ? <span className="block text-muted">{classNames[errorClass]}</span> : null}
      </>
    ),
    ...(accepted === null ? {} : { tone: accepted ? ('good' as const) : ('bad' as const) }),
  };
}

/** How it ended, where a try does not say so already. */
function endStep(delivery: SeenDelivery): Step[] {
  const { status, channel, sentAt, deliveredAt, endedAt, nextAttemptAt, attempts, errorCode } = delivery;
  switch (status) {
    case 'queued':
      return attempts > 0 ? [{ key: 'next', at: nextAttemptAt, title: 'It is tried again then, by itself' }] : [];
    case 'sending':
      return [];
    case 'sent':
      return [];
    case 'delivered':
      return [{ key: 'receipt', at: deliveredAt, title: 'A receipt says that it arrived', tone: 'good' }];
    case 'failed':
    case 'abandoned': {
      const how = sentAt && channel === 'sms' ? 'A receipt says that it did not arrive' : 'It failed for good';
      const title = status === 'abandoned' ? 'It was given up, and no provider was asked any more' : how;
      const note = errorCode ? <code className="font-mono text-[0.8125rem]">{errorCode}</code> : null;
      return [{ key: 'end', at: endedAt, title, note, tone: 'bad' }];
    }
  }
}

/** What happened to one delivery, in the order in which it did. */
export function Timeline({ delivery }: { delivery: SeenDelivery }) {
  const { queuedAt, sentAt, tries, failoverOf, failedOver, retryOf, retriedBy } = delivery;
  const cameFrom = failoverOf ?? retryOf;
  const steps: Step[] = [
    {
      key: 'queued',
      at: queuedAt,
      title: 'Put into the outbox',
      note: cameFrom && (
        <To to={cameFrom}>
          {failoverOf ? `instead of the ${channelNames[cameFrom.channel]} that failed` : 'to send a failed one again'}
        </To>
      ),
    },
    ...tries.map(tryStep),
    ...(sentAt ? [{ key: 'sent', at: sentAt, title: 'Handed to the provider', tone: 'good' } as const] : []),
    ...endStep(delivery),
    ...followed('The same code went by', 'failover', failedOver),
    ...followed('An administrator sent it again by', 'retry', retriedBy),
  ];
  return (
    <ol className="grid gap-3 text-sm">
      {steps.map(({ key, at, title, note, tone }) => (
        <li key={key} className="grid gap-x-5 border-line border-t pt-3 sm:grid-cols-[10rem_1fr]">
          <span className="text-muted">{at ? <Time at={at} /> : '–'}</span>
          <div className="min-w-0">
            <span className={tone ? { good: 'text-good', bad: 'text-bad' }[tone] : ''}>{title}</span>
            {note ? <div>{note}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}

const followed = (words: string, key: string, to: Linked | null): Step[] =>
  to
    ? [{ key, at: null, title: <To to={to}>{`${words} ${channelNames[to.channel]}: ${statusNames[to.status]}`}</To> }]
    : [];
