import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { transportName } from '@/app/admin/transport-name';
import type { WithSearchParams } from '@/app/search-params';
import { Panel } from '@/components/admin/panel';
import { Tag } from '@/components/admin/tag';
import { Time } from '@/components/admin/time';
import { SubmitButton, TextLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { eventsOf, readDelivery, type SeenDelivery, type SeenEvent } from '@/lib/admin/deliveries/delivery';
import { readError } from '@/lib/admin/deliveries/error-reading';
import { type NotRetried, whyNotRetry } from '@/lib/admin/deliveries/retry-delivery';
import { auditWord } from '@/lib/audit/words';
import { container } from '@/lib/container';
import { adminPage } from '@/lib/session/admin';
import { retryAction } from '../actions';
import { channelNames, kindNames, notRetried, statusNames, statusTones } from '../words';
import { Timeline } from './timeline';

export const metadata: Metadata = { title: 'One delivery' };

type Props = WithSearchParams & { params: Promise<{ id: string }> };

export default adminPage('/admin/deliveries', async (_admin, { params, searchParams }: Props) => {
  const { db } = container();
  const delivery = await readDelivery(db, (await params).id);
  if (!delivery) notFound();
  const [events, why, { retry }] = await Promise.all([
    eventsOf(db, delivery),
    whyNotRetry(container(), delivery.id),
    searchParams,
  ]);
  return (
    <>
      <p className="mb-2 text-sm">
        <TextLink href="/admin/deliveries">All deliveries</TextLink>
      </p>
      <header className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1>{kindNames[delivery.kind]}</h1>
        <Tag tone={statusTones[delivery.status]}>{statusNames[delivery.status]}</Tag>
      </header>
      <Said retry={retry} />
      <div className="grid gap-3.5 xl:grid-cols-[1.4fr_1fr]">
        <Panel title="What happened">
          <Timeline delivery={delivery} />
        </Panel>
        <div className="grid content-start gap-3.5">
          {delivery.errorCode ? <ErrorPanel delivery={delivery} code={delivery.errorCode} /> : null}
          {why === 'not-failed' ? null : <Retry id={delivery.id} why={why} />}
          <Panel title="Details">
            <Details delivery={delivery} />
          </Panel>
        </div>
      </div>
      <Panel title="Events of the same request" className="mt-3.5">
        <Events events={events} />
      </Panel>
    </>
  );
});

/** What became of a click on "Send again". */
function Said({ retry }: { retry: string | string[] | undefined }) {
  if (retry === 'queued')
    return <Notice tone="good">It was put into the outbox again. This is the new delivery.</Notice>;
  const known = typeof retry === 'string' && Object.hasOwn(notRetried, retry);
  return known ? (
    <Notice tone="bad">{`Nothing was sent again. ${notRetried[retry as keyof typeof notRetried]}`}</Notice>
  ) : null;
}

function ErrorPanel({ delivery, code }: { delivery: SeenDelivery; code: string }) {
  const { reading, hint, source } = readError(code, delivery.transport, delivery.errorClass);
  return (
    <Panel title="What went wrong">
      <p className="text-sm">{reading}</p>
      <p className="mt-2 text-sm text-muted">{hint}</p>
      {source ? (
        <p className="mt-2 text-sm">
          <a href={source} rel="noreferrer" className="text-brass underline underline-offset-4">
            Where this is explained
          </a>
        </p>
      ) : null}
    </Panel>
  );
}

function Retry({ id, why }: { id: string; why: NotRetried | null }) {
  if (why) return <p className="px-1 text-[0.8125rem] text-muted">{`It cannot be sent again. ${notRetried[why]}`}</p>;
  return (
    <form action={retryAction}>
      <input type="hidden" name="id" value={id} />
      <SubmitButton pending="Sending again…">Send again</SubmitButton>
    </form>
  );
}

function Details({ delivery }: { delivery: SeenDelivery }) {
  const { id, to, channel, transport, providerMessageId, country, challengeId, userId } = delivery;
  const lines = [
    ['To', to],
    ['Channel', channelNames[channel]],
    ['Provider', transport && transportName(transport)],
    ['The provider’s own number', providerMessageId],
    ['Country', country],
    ['Delivery', id],
    ['Correlation', challengeId],
  ] as const;
  return (
    <>
      <dl className="grid gap-2 text-sm">
        {lines.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt className="text-[0.8125rem] text-muted">{name}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <p className="mt-3 text-sm">
        <TextLink href={`/admin/users/${userId}`}>The person’s page</TextLink>
      </p>
    </>
  );
}

function Events({ events }: { events: readonly SeenEvent[] }) {
  if (events.length === 0) return <p className="text-sm text-muted">None is kept.</p>;
  return (
    <ol className="grid gap-1.5 text-sm">
      {events.map(({ id, at, type }) => (
        <li key={id} className="flex flex-wrap gap-x-5">
          <span className="text-muted">
            <Time at={at} />
          </span>
          <span>{auditWord(type)}</span>
        </li>
      ))}
    </ol>
  );
}
