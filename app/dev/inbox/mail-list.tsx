import { ago } from './ago';
import { Choice, type Chosen } from './choice';
import type { InboxMessage } from './inbox-message';
import { Scroll } from './scroll';

type Props = {
  mails: readonly InboxMessage[];
  shown: InboxMessage;
  now: number;
  choice: (id: string) => Chosen;
  className: string;
};

/** The mails to choose from, newest first. */
export function MailList({ mails, shown, now, choice, className }: Props) {
  return (
    <div className={`flex min-h-0 flex-col ${className}`}>
      <a href="#mail" className="sr-only focus:not-sr-only focus:px-4.5 focus:py-3 focus:text-[0.84rem]">
        Skip to the mail
      </a>
      <Scroll label="Mails, newest first" className="flex-1 px-1.5 pt-1.5">
        <ul className="flex flex-col gap-0.5">
          {mails.map((mail) => (
            <li key={mail.id}>
              <Choice
                {...choice(mail.id)}
                id={mailAnchor(mail.id)}
                current={mail.id === shown.id}
                className="block px-3 py-2"
              >
                <span className="block truncate">{mail.subject}</span>
                <span className="flex justify-between gap-3 text-[0.8125rem] text-faint">
                  <span className="truncate">{mail.to}</span>
                  <span className="shrink-0">{ago(mail.at, now)}</span>
                </span>
              </Choice>
            </li>
          ))}
        </ul>
      </Scroll>
    </div>
  );
}

/** Where the page opens at again, so that without JavaScript a choice far down stays in sight. */
export const mailAnchor = (id: string): string => `mail-${id}`;
