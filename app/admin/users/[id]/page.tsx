import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import type { WithSearchParams } from '@/app/search-params';
import { moment, whole } from '@/components/admin/figures';
import { Panel } from '@/components/admin/panel';
import { Tag } from '@/components/admin/tag';
import { Time } from '@/components/admin/time';
import { TextLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { type PersonPage, readPerson } from '@/lib/admin/people/person';
import { auditWord } from '@/lib/audit/words';
import { container } from '@/lib/container';
import { adminPage } from '@/lib/session/admin';
import { channelNames, kindNames, statusNames, statusTones } from '../../deliveries/words';
import { personNote } from '../notes';
import { Acts } from './acts';

export const metadata: Metadata = { title: 'Person' };

type Props = WithSearchParams & { params: Promise<{ id: string }> };

export default adminPage('/admin/users', async (admin, { params, searchParams }: Props) => {
  const { db, keyring, clock } = container();
  const now = clock.now();
  const person = await readPerson(db, keyring, (await params).id, now);
  if (!person) notFound();
  const note = personNote((await searchParams).note);
  return (
    <>
      <p className="mb-2 text-sm">
        <Link href="/admin/users" prefetch={false} className="text-brass underline underline-offset-4">
          People
        </Link>
      </p>
      <h1 className="mb-1 break-all">{person.email}</h1>
      <p className="mb-5 flex flex-wrap items-center gap-2 text-muted">
        <span className="break-words">{person.name}</span>
        {person.role === 'admin' && <Tag tone="quiet">admin</Tag>}
        {person.disabledAt && <Tag tone="bad">disabled</Tag>}
        {person.id === admin.userId && <Tag tone="quiet">you</Tag>}
      </p>
      {note && <Notice tone={note[0]}>{note[1]}</Notice>}
      <div className="grid gap-3.5 xl:grid-cols-2">
        <Panel title="How they are reached">
          <Reach person={person} now={now} />
        </Panel>
        <Panel title="What you can do">
          <Acts person={person} />
        </Panel>
        <Panel title="Messages">
          <Messages person={person} />
        </Panel>
        <Panel title="What happened">
          <Events person={person} />
          <p className="mt-3 text-sm">
            <TextLink href={`/admin/audit?subject=${person.id}`}>All of it, in the audit log</TextLink>
          </p>
        </Panel>
      </div>
    </>
  );
});

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex flex-wrap justify-between gap-x-4 border-line border-t py-2 first:border-t-0">
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 break-all text-right tabular-nums">{children}</dd>
  </div>
);

const verified = (at: Date | null) => (at ? `verified ${moment(at).slice(0, 10)}` : 'not verified');

function Reach({ person, now }: { person: PersonPage; now: Date }) {
  const { sessions } = person;
  const distrust = person.distrustUntil && person.distrustUntil > now ? person.distrustUntil : null;
  return (
    <dl className="text-sm">
      <Line name="Email">{verified(person.emailVerifiedAt)}</Line>
      <Line name="Phone">{person.phone ? `${person.phone}, ${verified(person.phoneVerifiedAt)}` : 'none'}</Line>
      {distrust && (
        <Line name="Not used for codes">{`${person.distrusted.join(', ')} until ${moment(distrust)} UTC: a reset was disputed`}</Line>
      )}
      <Line name="Password">{person.hasPassword ? 'set' : 'none: it was stopped, or never set'}</Line>
      {person.role === 'admin' && <Line name="Authenticator app">{person.hasApp ? 'set up' : 'not set up yet'}</Line>}
      <Line name="Signed in">
        {sessions.length === 0
          ? 'nowhere'
          : `${sessions.length}, last seen ${sessions[0] ? moment(sessions[0].lastSeenAt) : '–'} UTC`}
      </Line>
      <Line name="Known browsers">{whole(person.devices)}</Line>
      <Line name="Wrong codes in a row">{whole(person.wrongCodes)}</Line>
      <Line name="Failed sign-ins in a row">{whole(person.failedSignIns)}</Line>
      <Line name="Since">{`${moment(person.createdAt)} UTC`}</Line>
    </dl>
  );
}

function Messages({ person }: { person: PersonPage }) {
  if (person.deliveries.length === 0) return <p className="text-sm text-muted">None in the last 30 days.</p>;
  return (
    <ul className="text-sm">
      {person.deliveries.map(({ id, queuedAt, kind, channel, status, errorCode }) => (
        <li
          key={id}
          className="flex flex-wrap items-baseline justify-between gap-x-4 border-line border-t py-2 first:border-t-0"
        >
          <Link href={`/admin/deliveries/${id}`} prefetch={false} className="text-brass underline underline-offset-4">
            {`${kindNames[kind]}, ${channelNames[channel]}`}
          </Link>
          <Tag tone={statusTones[status]}>
            {errorCode ? `${statusNames[status]}, ${errorCode}` : statusNames[status]}
          </Tag>
          <p className="w-full text-[0.8125rem] text-faint">
            <Time at={queuedAt} /> UTC
          </p>
        </li>
      ))}
    </ul>
  );
}

function Events({ person }: { person: PersonPage }) {
  if (person.events.length === 0) return <p className="text-sm text-muted">Nothing in the last 180 days.</p>;
  return (
    <ul className="text-sm">
      {person.events.map(({ id, at, type, actorId }) => (
        <li
          key={id}
          className="flex flex-wrap items-baseline justify-between gap-x-4 border-line border-t py-2 first:border-t-0"
        >
          <span>{auditWord(type)}</span>
          <span className="text-[0.8125rem] text-muted">
            {actorId === null ? '' : actorId === person.id ? 'by themself' : 'by an administrator'}
          </span>
          <p className="w-full text-[0.8125rem] text-faint">
            <Time at={at} /> UTC
          </p>
        </li>
      ))}
    </ul>
  );
}
