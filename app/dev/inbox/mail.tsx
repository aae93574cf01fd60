import { MailFrame } from '@/components/ui/mail-frame';
import { ago } from './ago';
import type { Chosen } from './choice';
import type { InboxMessage } from './inbox-message';
import { MailList } from './mail-list';
import { NoMail } from './no-mail';

type Props = {
  mails: readonly InboxMessage[];
  shown: InboxMessage | undefined;
  now: number;
  choice: (id: string) => Chosen;
};

/** The mails to choose from, and the chosen one as a mail program shows it: beside each other where there is room. */
export function Mail({ mails, shown, now, choice }: Props) {
  if (!shown) return <NoMail />;
  // In a wide window the list is there from the first mail on, so that nothing moves when the second comes.
  const list = mails.length > 1 ? 'max-h-[232px] min-[900px]:max-h-[184px]' : 'max-[1119px]:hidden';
  return (
    <section
      aria-label="Mail"
      className="flex min-h-0 min-w-0 flex-col overflow-hidden rounded-panel border border-line bg-surface min-[1120px]:grid min-[1120px]:grid-cols-[272px_minmax(0,1fr)]"
    >
      <MailList
        mails={mails}
        shown={shown}
        now={now}
        choice={choice}
        className={`border-line max-[1119px]:shrink-0 max-[1119px]:border-b min-[1120px]:max-h-none min-[1120px]:border-r ${list}`}
      />
      <article className="flex min-h-0 flex-1 flex-col [scrollbar-color:var(--line-strong)_transparent] [scrollbar-width:thin] min-[900px]:overflow-y-auto">
        <div className="border-b border-line px-[18px] py-3.5">
          <h2 id="mail" tabIndex={-1} className="font-[550] break-words outline-none">
            {shown.subject}
          </h2>
          <p className="text-[0.84rem] break-words text-faint tabular-nums">{`to ${shown.to} · ${ago(shown.at, now)}`}</p>
        </div>
        <MailFrame
          key={shown.id}
          title="The mail as it looks"
          html={shown.html ?? ''}
          links="open"
          className="h-[440px] w-full bg-bg min-[900px]:h-auto min-[900px]:min-h-[240px] min-[900px]:flex-1"
        />
        <details className="shrink-0 border-t border-line text-[0.84rem] text-muted">
          <summary className="cursor-pointer px-[18px] py-3 outline-offset-[-3px]">Plain text</summary>
          <pre className="px-[18px] pb-4 font-mono break-words whitespace-pre-wrap">{shown.text}</pre>
        </details>
      </article>
    </section>
  );
}
