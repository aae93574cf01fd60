'use client';

import { useState } from 'react';
import { Choice } from './choice';
import type { InboxMessage } from './inbox-message';
import { Mail } from './mail';
import { mailAnchor } from './mail-list';
import { Phone } from './phone';
import { useInbox } from './use-inbox';

type Props = {
  initial: readonly InboxMessage[];
  /** Milliseconds since 1970, from the server, so that both sides first say the same. */
  initialNow: number;
  initialMail: string | null;
  initialPhone: string | null;
};

/** The newest is shown until something else is picked; what was picked stays when others arrive. */
export function LiveInbox({ initial, initialNow, initialMail, initialPhone }: Props) {
  const { messages, now, reachable } = useInbox(initial, initialNow);
  const [picked, setPicked] = useState({ mail: initialMail, phone: initialPhone });
  const mails = messages.filter(({ channel }) => channel === 'email');
  const texts = messages.filter(({ channel }) => channel === 'sms');
  const mail = mails.find(({ id }) => id === picked.mail) ?? mails[0];
  const numbers = [...new Set(texts.map(({ to }) => to))];
  const phone = numbers.find((to) => to === picked.phone) ?? numbers[0];

  const choose = (change: Partial<typeof picked>) => {
    const next = { ...picked, ...change };
    setPicked(next);
    window.history.replaceState(null, '', hrefOf(next));
  };
  const choice = (change: Partial<typeof picked>) => ({
    href: hrefOf({ ...picked, ...change }),
    onChoose: () => choose(change),
  });

  return (
    <div className="grid w-full gap-6 min-[900px]:h-[clamp(580px,calc(100dvh-12.25rem),820px)] min-[900px]:grid-cols-[320px_minmax(0,1fr)] min-[900px]:grid-rows-[minmax(0,1fr)] min-[900px]:gap-7">
      <p className="sr-only" role="status">
        {reachable ? latest(messages[0], messages.length) : 'The server does not answer.'}
      </p>
      <Phone texts={texts.filter(({ to }) => to === phone)} now={now}>
        {numbers.map((to) => (
          <Choice key={to} current={to === phone} className="px-2.5 py-1" {...choice({ phone: to })}>
            {to}
          </Choice>
        ))}
      </Phone>
      <Mail mails={mails} shown={mail} now={now} choice={(id) => choice({ mail: id })} />
      <p
        className="fixed inset-x-0 bottom-0 border-t border-line bg-raised px-4 py-3 text-center text-[0.84rem] text-muted"
        hidden={reachable}
      >
        The server does not answer. Looking again.
      </p>
    </div>
  );
}

/** The count makes each arrival a sentence of its own, which screen readers then say. */
const latest = (message: InboxMessage | undefined, count: number): string =>
  message ? `Latest of ${count}: ${message.channel === 'email' ? 'mail' : 'text message'} to ${message.to}` : '';

function hrefOf({ mail, phone }: { mail: string | null; phone: string | null }): string {
  const given = Object.entries({ mail, phone }).filter((entry): entry is [string, string] => entry[1] !== null);
  const query = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  return `/dev/inbox${query}${mail === null ? '' : `#${mailAnchor(mail)}`}`;
}
