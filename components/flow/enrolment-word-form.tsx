'use client';

import { SubmitButton } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { NotSent } from '@/components/ui/not-sent';
import type { FormAction } from '@/lib/form-state';
import { useForm } from './use-form';

/** The one-time word with which an admin sets up an authenticator app (ADM-5). It never comes back from the server. */
export function EnrolmentWordForm({ action }: { action: FormAction }) {
  const { state, submit, ref } = useForm(action);
  return (
    <form action={submit} ref={ref} noValidate>
      <TextField
        key={state.turn}
        name="word"
        label="Enrolment word"
        hint="Capitals, spaces and hyphens do not matter."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={state.errors?.word}
      />
      <NotSent state={state} />
      <SubmitButton pending="Checking…">Continue</SubmitButton>
    </form>
  );
}
