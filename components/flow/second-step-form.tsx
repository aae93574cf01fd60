'use client';

import { SubmitButton } from '@/components/ui/button';
import { codeLook, describe, Field } from '@/components/ui/field';
import { NotSent } from '@/components/ui/not-sent';
import type { FormAction } from '@/lib/form-state';
import { useForm } from './use-form';

/** One plain field for a code (UX-1). @param next where an admin goes on who is asked once more */
export function SecondStepForm({
  action,
  label,
  hint,
  button,
  next = '',
}: {
  action: FormAction;
  label: string;
  hint?: string;
  button: string;
  next?: string;
}) {
  const { state, submit, ref } = useForm(action);
  const error = state.errors?.code;
  return (
    <form action={submit} ref={ref} noValidate>
      <input type="hidden" name="next" value={next} />
      <Field name="code" label={label} error={error} {...(hint ? { hint } : {})}>
        <input
          key={state.turn}
          {...describe('code', error, hint)}
          type="text"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="Type or paste it"
          className={`${codeLook} ${error ? 'border-bad' : 'border-line-strong'}`}
        />
      </Field>
      <NotSent state={state} />
      <SubmitButton pending="Checking…">{button}</SubmitButton>
    </form>
  );
}
