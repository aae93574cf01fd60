import { Children, type ReactNode } from 'react';
import { gsmLength, smsSegments } from '@/lib/messages/gsm7';
import { ago } from './ago';
import type { InboxMessage } from './inbox-message';
import { Scroll } from './scroll';

type Props = { texts: readonly InboxMessage[]; now: number /** The numbers to choose from. */; children: ReactNode };

/** The phone: the texts of one number, newest first. */
export function Phone({ texts, now, children }: Props) {
  const several = Children.count(children) > 1;
  return (
    <section
      aria-label="Phone"
      className="flex max-h-[460px] min-h-[176px] flex-col overflow-hidden rounded-[34px] border border-line-strong bg-surface pt-[22px] min-[900px]:max-h-none min-[900px]:min-h-0"
    >
      {several ? (
        <nav aria-label="Numbers" className="max-h-[112px] shrink-0 overflow-y-auto px-4">
          <div className="flex flex-wrap justify-center gap-1 p-0.5">{children}</div>
        </nav>
      ) : (
        <p className="px-4 text-center text-[0.84rem] text-faint tabular-nums">{texts[0]?.to ?? 'Phone'}</p>
      )}
      {texts.length === 0 ? (
        <p className="m-auto max-w-[22ch] px-4 pb-7 text-center text-[0.875rem] text-muted">
          No text message yet. Codes sent by SMS show up here.
        </p>
      ) : (
        <Scroll label="Text messages, newest first" className="mt-1 flex-1 px-4 pt-2">
          <ol className="flex flex-col gap-4">
            {texts.map((text) => (
              <li key={text.id}>
                <p className="max-w-[92%] rounded-[16px_16px_16px_4px] bg-raised px-3.5 py-[11px] text-[0.875rem] break-words whitespace-pre-wrap">
                  {text.text}
                </p>
                <p className="mt-1.5 text-[0.8125rem] text-faint tabular-nums">{`${ago(text.at, now)} · ${size(text.text)}`}</p>
              </li>
            ))}
          </ol>
        </Scroll>
      )}
    </section>
  );
}

/** What the network will charge for. */
function size(text: string): string {
  const segments = smsSegments(text);
  const characters = gsmLength(text) ?? text.length;
  return `${segments} ${segments === 1 ? 'segment' : 'segments'}, ${characters} characters`;
}
