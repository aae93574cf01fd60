'use client';

import { type ChangeEventHandler, useState } from 'react';
import { describe, Field, inputLook } from './field';
import { useHydrated } from './use-hydrated';

type Props = {
  name: string;
  label: string;
  autoComplete: 'new-password' | 'current-password';
  error?: string | undefined;
  onChange?: ChangeEventHandler<HTMLInputElement>;
};

/** A password with show and hide, which is there only where scripts run. Managers and paste are welcome (UX-5). */
export function PasswordField({ name, label, autoComplete, error, onChange }: Props) {
  const [shown, setShown] = useState(false);
  const hydrated = useHydrated();
  return (
    <Field name={name} label={label} error={error}>
      <div className="relative">
        <input
          {...describe(name, error)}
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          className={`${inputLook} ${hydrated ? 'pr-18' : ''} ${error ? 'border-bad' : 'border-line-strong'}`}
          {...(onChange ? { onChange } : {})}
        />
        {hydrated && (
          <button
            type="button"
            aria-label={shown ? 'Hide what you typed' : 'Show what you typed'}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 min-w-16 rounded-field px-3 text-sm text-muted hover:text-ink"
          >
            {shown ? 'Hide' : 'Show'}
          </button>
        )}
      </div>
    </Field>
  );
}
