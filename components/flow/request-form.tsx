'use client';

import { SubmitButton, TextLink } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { NotSent } from '@/components/ui/not-sent';
import type { FormAction } from '@/lib/form-state';
import { BrowserCheck, underWay } from './browser-check';
import { FormMessage } from './form-message';
import { useForm } from './use-form';

/** Step 1. @param email what was typed in this flow before */
export function RequestForm({ action, email }: { action: FormAction; email?: string }) {
  const { state, submit, ref, checking } = useForm(action);
  return (
    <form action={submit} ref={ref} noValidate>
      {state.message && <FormMessage tone="bad">{state.message}</FormMessage>}
      <TextField
        key={state.turn}
        name="email"
        label="Email address"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={state.values?.email ?? email ?? ''}
        error={state.errors?.email}
      />
      <BrowserCheck state={state} checking={checking} />
      <NotSent state={state} />
      <SubmitButton pending={underWay(checking, 'One moment…')}>Continue</SubmitButton>
      <p className="mt-4.5 text-center text-sm text-faint">
        Remembered it? <TextLink href="/sign-in">Sign in</TextLink>
      </p>
    </form>
  );
}
