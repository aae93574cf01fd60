'use client';

import { useState } from 'react';
import { Choice } from './choice';
import type { InboxMessage } from './inbox-message';
import { Mail } from './mail';
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
    <div className="grid w-full gap-7 min-[900px]:grid-cols-[320px_minmax(0,1fr)]">
      <p className="sr-only" role="status">
        {reachable ? latest(messages[0]) : 'The server does not answer.'}
      </p>
      <Phone texts={texts.filter(({ to }) => to === phone)} now={now}>
        {numbers.map((to) => (
          <Choice key={to} current={to === phone} {...choice({ phone: to })}>
            {to}
          </Choice>
        ))}
      </Phone>
      <Mail mails={mails} shown={mail} now={now} choice={(id) => choice({ mail: id })} />
      <p className="text-[0.84rem] text-faint min-[900px]:col-span-2" hidden={reachable}>
        The server does not answer. Looking again.
      </p>
      <noscript>
        <a className="text-[0.875rem] font-medium text-brass" href="/dev/inbox">
          Look for new messages
        </a>
      </noscript>
    </div>
  );
}

const latest = (message: InboxMessage | undefined): string =>
  message ? `Latest: ${message.channel === 'email' ? 'mail' : 'text message'} to ${message.to}` : '';

function hrefOf({ mail, phone }: { mail: string | null; phone: string | null }): string {
  const given = Object.entries({ mail, phone }).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/dev/inbox${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`;
}
