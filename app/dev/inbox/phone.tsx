import { Children, type ReactNode } from 'react';
import { gsmLength, smsSegments } from '@/lib/delivery/gsm7';
import { ago } from './ago';
import type { InboxMessage } from './inbox-message';

/** How many bubbles the phone shows. */
const most = 8;

type Props = { texts: readonly InboxMessage[]; now: number /** The numbers to choose from. */; children: ReactNode };

/** The phone: the texts of one number, the newest at the bottom as on any phone. */
export function Phone({ texts, now, children }: Props) {
  const several = Children.count(children) > 1;
  return (
    <section
      aria-label="Phone"
      className="flex min-h-[300px] flex-col rounded-[34px] border border-line-strong bg-surface px-4 py-[22px] min-[900px]:min-h-[540px]"
    >
      {several ? (
        <nav aria-label="Numbers" className="flex flex-wrap justify-center gap-1">
          {children}
        </nav>
      ) : (
        <p className="text-center text-[0.84rem] text-faint tabular-nums">{texts[0]?.to ?? 'Phone'}</p>
      )}
      {texts.length === 0 && (
        <p className="m-auto max-w-[22ch] text-center text-[0.875rem] text-muted">
          No text message yet. Codes sent by SMS show up here.
        </p>
      )}
      <ol className="flex flex-col gap-3 pt-2">
        {texts
          .slice(0, most)
          .reverse()
          .map((text) => (
            <li key={text.id}>
              <p className="max-w-[92%] rounded-[16px_16px_16px_4px] bg-raised px-3.5 py-[11px] text-[0.875rem] break-words whitespace-pre-wrap">
                {text.text}
              </p>
              <p className="mt-1.5 text-[0.8125rem] text-faint tabular-nums">{`${ago(text.at, now)} · ${size(text.text)}`}</p>
            </li>
          ))}
      </ol>
    </section>
  );
}

/** What the network will charge for. */
function size(text: string): string {
  const segments = smsSegments(text);
  const characters = gsmLength(text) ?? text.length;
  return `${segments} ${segments === 1 ? 'segment' : 'segments'}, ${characters} characters`;
}
