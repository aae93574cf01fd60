'use client';

import { useActionState } from 'react';
import { FormMessage } from '@/components/flow/form-message';
import { useFocusOnBad } from '@/components/flow/use-form';
import { SubmitButton } from '@/components/ui/button';
import { TextArea, TextField } from '@/components/ui/field';
import type { MessagePreview } from '@/lib/admin/messages/preview-message';
import { emptyForm } from '@/lib/form-state';
import type { WordingState } from '../wording-state';
import { Preview } from './preview';

type Props = {
  action: (previous: WordingState, form: FormData) => Promise<WordingState>;
  kind: string;
  channel: MessagePreview['channel'];
  /** What is in force: its version, and its words to begin with. */
  version: number;
  subject: string | null;
  body: string;
};

/** Subject and words of one message. What was typed stays, whatever comes of it; the return key shows and saves nothing. */
export function WordingForm({ action, kind, channel, version, subject, body }: Props) {
  const [answer, submit] = useActionState<WordingState, FormData>(action, emptyForm);
  const ref = useFocusOnBad(answer);
  // An answer about a version that is no longer in force is over: the page shows the words that are.
  const state: WordingState = (answer.seen ?? 0) >= version ? answer : emptyForm;
  const typed = state.values;
  return (
    <>
      <form action={submit} ref={ref}>
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="channel" value={channel} />
        <input type="hidden" name="seen" value={state.seen ?? version} />
        {state.message && (
          <FormMessage key={state.turn} tone="bad">
            {state.message}
          </FormMessage>
        )}
        <div key={`${version} ${state.turn}`}>
          {subject !== null && (
            <TextField
              name="subject"
              label="Subject"
              error={state.errors?.subject}
              defaultValue={typed?.subject ?? subject}
              autoComplete="off"
            />
          )}
          <TextArea
            name="body"
            label="Words"
            hint={channel === 'email' ? 'An empty line begins a new paragraph.' : 'One line.'}
            error={state.errors?.body}
            defaultValue={typed?.body ?? body}
            rows={channel === 'email' ? 9 : 3}
          />
        </div>
        <div className="grid gap-2.5 sm:grid-cols-2">
          <SubmitButton look="ghost" pending="One moment…" name="act" value="preview">
            Preview
          </SubmitButton>
          <SubmitButton pending="One moment…" name="act" value="save">
            Save for everybody
          </SubmitButton>
        </div>
      </form>
      {state.preview && (
        <div key={state.turn} className="mt-5 border-line border-t pt-4.5">
          <p className="mb-3.5 text-sm" role="status">
            This is how it would look. Nothing was saved.
          </p>
          <Preview preview={state.preview} name="Preview of your words" />
        </div>
      )}
    </>
  );
}
