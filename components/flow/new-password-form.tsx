'use client';

import { useState } from 'react';
import { SubmitButton } from '@/components/ui/button';
import { NotSent } from '@/components/ui/not-sent';
import { PasswordField } from '@/components/ui/password-field';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { FormAction } from '@/lib/form-state';
import { StrengthMeter } from './strength';
import { useForm } from './use-form';

/** Step 4. The hidden address lets a password manager save the pair. */
export function NewPasswordForm({ action, flow, email }: { action: FormAction; flow: string; email: string }) {
  const { state, submit, ref } = useForm(action);
  const hydrated = useHydrated();
  const [typed, setTyped] = useState('');
  return (
    <form action={submit} ref={ref} noValidate onReset={() => setTyped('')}>
      <input type="hidden" name="flow" value={flow} />
      {email !== '' && (
        <input
          type="text"
          name="username"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
          className="hidden"
        />
      )}
      <PasswordField
        name="password"
        label="New password"
        autoComplete="new-password"
        error={state.errors?.password}
        onChange={(event) => setTyped(event.target.value)}
      />
      {hydrated && <StrengthMeter password={typed} own={email} />}
      <PasswordField
        name="confirmPassword"
        label="Repeat it"
        autoComplete="new-password"
        error={state.errors?.confirmPassword}
      />
      <NotSent state={state} />
      <SubmitButton pending="Setting it…">Set new password</SubmitButton>
      <p className="mt-3.5 text-[0.8125rem] text-faint">You will be signed out on every device.</p>
    </form>
  );
}
