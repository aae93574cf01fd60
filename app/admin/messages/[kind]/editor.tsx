import { TextLink } from '@/components/ui/button';
import type { Which } from '@/lib/admin/messages/wordings';
import type { Editable, Placeholder, Wording } from '@/lib/messages/standard-wordings';
import { wordingAction } from '../actions';
import { messagesPage } from '../which';
import { placeholderWords } from '../words';
import { WordingForm } from './wording-form';

type Props = {
  which: Which;
  editable: Editable;
  version: number;
  words: Wording /** Saving asks nothing more. */;
  fresh: boolean;
};

/** The form with what must be known to fill it in. */
export function Editor({ which, editable, version, words, fresh }: Props) {
  const { kind, channel } = which;
  return (
    <div className="text-sm">
      <p className="mb-3.5 text-muted">
        Plain text only: no links, addresses or long numbers. What follows it, such as what to do if it was not you
        {kind === 'code' && channel === 'sms' ? ' and the last line, which fills the code in' : ''}, is always added and
        stays as it is.
      </p>
      {!fresh && (
        <p className="mb-3.5">
          Your second step was a while ago, and saving asks for it.{' '}
          <TextLink href={`/sign-in/second-step?next=${encodeURIComponent(messagesPage)}`}>
            Pass it before you type
          </TextLink>
          , so that nothing of it is lost.
        </p>
      )}
      <WordingForm
        action={wordingAction}
        kind={kind}
        channel={channel}
        version={version}
        subject={words.subject}
        body={words.body}
      />
      <Placeholders names={editable.required} />
    </div>
  );
}

function Placeholders({ names }: { names: readonly Placeholder[] }) {
  return (
    <div className="mt-4.5 border-line border-t pt-3.5">
      <p className="mb-2">These are filled in, and all of them must be there:</p>
      <dl className="grid gap-1.5">
        {names.map((name) => (
          <div key={name} className="flex flex-wrap gap-x-2.5">
            <dt className="font-mono text-[0.8125rem]">{`{${name}}`}</dt>
            <dd className="text-muted">{placeholderWords[name]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
