import { ago } from './ago';
import { Choice } from './choice';
import type { InboxMessage } from './inbox-message';

type Props = {
  mails: readonly InboxMessage[];
  shown: InboxMessage | undefined;
  now: number;
  choice: (id: string) => { href: string; onChoose: () => void };
};

/** The mails to choose from, and the chosen one as a mail program shows it. */
export function Mail({ mails, shown, now, choice }: Props) {
  if (!shown) return <NoMail />;
  return (
    <section
      aria-label="Mail"
      className="flex min-w-0 flex-col overflow-hidden rounded-panel border border-line bg-surface"
    >
      {mails.length > 1 && (
        <ul className="max-h-[172px] overflow-y-auto border-b border-line p-1.5">
          {mails.map((mail) => (
            <li key={mail.id}>
              <Choice {...choice(mail.id)} current={mail.id === shown.id} className="flex justify-between gap-3">
                <span className="truncate">{mail.subject}</span>
                <span className="shrink-0 text-faint">{ago(mail.at, now)}</span>
              </Choice>
            </li>
          ))}
        </ul>
      )}
      <div className="border-b border-line px-[18px] py-3.5">
        <h2 className="font-[550] break-words">{shown.subject}</h2>
        <p className="text-[0.84rem] text-faint tabular-nums">{`to ${shown.to} · ${ago(shown.at, now)}`}</p>
      </div>
      {/* Nothing in a mail may run or load anything here: the sandbox allows nothing at all. */}
      <iframe
        key={shown.id}
        title="The mail as it looks"
        sandbox=""
        srcDoc={shown.html ?? ''}
        className="min-h-[420px] w-full flex-1 bg-bg"
      />
      <details className="border-t border-line px-[18px] py-3 text-[0.84rem] text-muted">
        <summary className="cursor-pointer">Plain text</summary>
        <pre className="mt-2 font-mono break-words whitespace-pre-wrap">{shown.text}</pre>
      </details>
    </section>
  );
}

function NoMail() {
  return (
    <section
      aria-label="Mail"
      className="grid min-h-[300px] place-content-center justify-items-center gap-3 rounded-panel border border-dashed border-line-strong p-8 text-center"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        className="size-8 text-brass"
      >
        <rect x="3" y="5" width="18" height="14" rx="2.5" />
        <path d="m4 7 8 6 8-6" />
      </svg>
      <h2 className="font-semibold">No mail yet</h2>
      <p className="max-w-[34ch] text-[0.875rem] text-muted">
        Ask for a code and it arrives here at once, just as people will see it.
      </p>
      <a href="/forgot-password" className="text-[0.875rem] font-medium text-brass">
        Ask for a code
      </a>
    </section>
  );
}
