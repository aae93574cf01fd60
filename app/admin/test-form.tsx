'use client';

import { useActionState } from 'react';
import { FormMessage } from '@/components/flow/form-message';
import { useFocusOnBad } from '@/components/flow/use-form';
import { SubmitButton } from '@/components/ui/button';
import { nothingTested, type TestState } from './tested';

type Props = {
  action: (previous: TestState, form: FormData) => Promise<TestState>;
  /** What the form names. */
  hidden: Readonly<Record<string, string>>;
  button: string;
};

/** Sends a test to whoever presses it, and shows the provider's answer; without JavaScript the page comes back with it. */
export function TestForm({ action, hidden, button }: Props) {
  const [state, submit] = useActionState(action, nothingTested);
  const ref = useFocusOnBad(state);
  return (
    <form action={submit} ref={ref}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.turn > 0 && (
        <FormMessage key={state.turn} tone={state.tone}>
          {state.sentences.map((sentence) => (
            <p key={sentence} className="break-words">
              {sentence}
            </p>
          ))}
        </FormMessage>
      )}
      <SubmitButton look="ghost" pending="Sending…">
        {button}
      </SubmitButton>
    </form>
  );
}
