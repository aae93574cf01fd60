import { MailFrame } from '@/components/ui/mail-frame';
import type { MessagePreview } from '@/lib/admin/messages/preview-message';
import { inScheme } from '@/lib/messages/templates/palette';

const schemes = ['light', 'dark'] as const;

/** A message as people see it. @param name tells its frames from those of another preview on the page */
export function Preview({ preview, name }: { preview: MessagePreview; name: string }) {
  return preview.channel === 'email' ? (
    <MailPreview preview={preview} name={name} />
  ) : (
    <TextPreview preview={preview} name={name} />
  );
}

type Of<Channel> = { preview: Extract<MessagePreview, { channel: Channel }>; name: string };

/** On a phone and in a wide window, light and dark, and as plain text. */
function MailPreview({ preview: { subject, text, html }, name }: Of<'email'>) {
  const frame = (scheme: (typeof schemes)[number], where: string, className: string) => (
    <figure key={scheme} className={className}>
      <MailFrame
        title={`${name}, ${where}, ${scheme}`}
        html={inScheme(html, scheme)}
        links="dead"
        className="h-[490px] w-full rounded-field border border-line-strong"
      />
      <figcaption className="mt-1.5 text-[0.8125rem] text-faint">{`${where}, ${scheme}`}</figcaption>
    </figure>
  );
  return (
    <div className="grid min-w-0 gap-3.5">
      <p className="break-words text-sm">
        <span className="text-muted">Subject: </span>
        <b className="font-medium">{subject}</b>
      </p>
      <div className="flex flex-wrap gap-4">
        {schemes.map((scheme) => frame(scheme, 'phone', 'w-full max-w-[360px]'))}
      </div>
      <Details summary="In a wide window">
        <div className="grid gap-4">{schemes.map((scheme) => frame(scheme, 'wide', 'min-w-0'))}</div>
      </Details>
      <Details summary="As plain text">
        <pre className="whitespace-pre-wrap break-words rounded-field bg-raised p-3.5 font-mono text-[0.8125rem]">
          {text}
        </pre>
      </Details>
    </div>
  );
}

const Details = ({ summary, children }: { summary: string; children: React.ReactNode }) => (
  <details>
    <summary className="flex min-h-11 cursor-pointer items-center text-sm text-muted">{summary}</summary>
    {children}
  </details>
);

/** The text as a phone shows it, and what the network charges for. */
function TextPreview({ preview, name }: Of<'sms'>) {
  const { text, characters, segments, alphabet, longest } = preview;
  const facts = [
    ['Characters', String(characters)],
    ['Segments', String(segments)],
    ['Alphabet', alphabet],
    ['With the longest code', `${longest} of 160`],
  ];
  return (
    <section aria-label={name} className="grid min-w-0 gap-3.5">
      <p className="max-w-[360px] whitespace-pre-wrap break-words rounded-[16px_16px_16px_4px] bg-raised px-3.5 py-[11px] text-[0.875rem]">
        {text}
      </p>
      <dl className="flex flex-wrap gap-x-7 gap-y-2 text-sm">
        {facts.map(([label, figure]) => (
          <div key={label}>
            <dt className="text-[0.8125rem] text-faint">{label}</dt>
            <dd className="tabular-nums">{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
