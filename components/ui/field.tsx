import type { ComponentPropsWithoutRef, ReactNode } from 'react';

const input = 'w-full rounded-field border bg-bg text-ink placeholder:text-faint';
export const inputLook = `${input} h-11.5 px-3.5 text-base`;
export const codeLook = `${input} h-15 px-4 text-center font-mono text-[1.6875rem] font-medium tracking-[0.18em] placeholder:font-sans placeholder:text-base placeholder:font-normal placeholder:tracking-normal`;

type Error = { error?: string | undefined };

/** A sentence at a field, tied to it by the id. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-2 flex gap-2 text-[0.84375rem] text-bad" role="alert">
      <svg
        className="mt-0.5 size-4 flex-none"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <circle cx="12" cy="12" r="9" />
        <path d="M12 7.5v5.5m0 3.2v.2" strokeLinecap="round" />
      </svg>
      <span>{children}</span>
    </p>
  );
}

/** What an input needs to be tied to its error. */
export const describe = (name: string, error: string | undefined, hint?: string) => ({
  id: name,
  name,
  'aria-invalid': error ? true : undefined,
  'aria-describedby': [error ? `${name}-error` : '', hint ? `${name}-hint` : ''].filter(Boolean).join(' ') || undefined,
});

/** A labelled box around any control, with its hint and error. */
export function Field({
  name,
  label,
  hint,
  error,
  children,
}: { name: string; label: string; hint?: string; children: ReactNode } & Error) {
  return (
    <div className="mb-4.5">
      <label htmlFor={name} className="mb-2 block text-sm font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${name}-hint`} className="mt-2 text-[0.8125rem] text-faint">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${name}-error`}>{error}</FieldError>}
    </div>
  );
}

/** Several lines of text. */
export function TextArea({
  name,
  label,
  hint,
  error,
  ...rest
}: { name: string; label: string; hint?: string } & Error & ComponentPropsWithoutRef<'textarea'>) {
  return (
    <Field name={name} label={label} error={error} {...(hint ? { hint } : {})}>
      <textarea
        {...rest}
        {...describe(name, error, hint)}
        className={`${input} block px-3.5 py-2.5 text-base ${error ? 'border-bad' : 'border-line-strong'}`}
      />
    </Field>
  );
}

/** One line of text. */
export function TextField({
  name,
  label,
  hint,
  error,
  ...rest
}: { name: string; label: string; hint?: string } & Error & ComponentPropsWithoutRef<'input'>) {
  return (
    <Field name={name} label={label} error={error} {...(hint ? { hint } : {})}>
      <input
        {...rest}
        {...describe(name, error, hint)}
        className={`${inputLook} ${error ? 'border-bad' : 'border-line-strong'}`}
      />
    </Field>
  );
}
