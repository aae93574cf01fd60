'use client';

import { SubmitButton, TextLink } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { NotSent } from '@/components/ui/not-sent';
import { PasswordField } from '@/components/ui/password-field';
import type { FormAction } from '@/lib/form-state';
import { BrowserCheck, underWay } from './browser-check';
import { FormMessage } from './form-message';
import { useForm } from './use-form';

/** @param next a path on this site, checked by the server again @param email what was typed before an update */
export function SignInForm({ action, next, email = '' }: { action: FormAction; next: string; email?: string }) {
  const { state, submit, ref, checking } = useForm(action);
  return (
    <form action={submit} ref={ref} noValidate>
      {state.message && <FormMessage tone="bad">{state.message}</FormMessage>}
      <input type="hidden" name="next" value={next} />
      <TextField
        key={state.turn}
        name="email"
        label="Email address"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={state.values?.email ?? email}
        error={state.errors?.email}
      />
      <PasswordField name="password" label="Password" autoComplete="current-password" error={state.errors?.password} />
      <BrowserCheck state={state} checking={checking} />
      <NotSent state={state} />
      <SubmitButton pending={underWay(checking, 'Signing in…')}>Sign in</SubmitButton>
      <p className="mt-4.5 text-center text-sm">
        <TextLink href="/forgot-password">Forgot password?</TextLink>
      </p>
    </form>
  );
}
