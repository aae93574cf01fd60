'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

const base =
  'flex w-full min-h-11.5 items-center justify-center rounded-field px-5 py-2 text-center text-[0.9375rem] motion-safe:transition-opacity hover:opacity-90';
const looks = {
  solid: `${base} bg-brass font-semibold text-brass-ink`,
  ghost: `${base} border border-line-strong font-medium text-ink`,
  text: 'min-h-11 text-left text-sm font-medium text-brass underline-offset-4 hover:underline disabled:text-faint disabled:font-normal disabled:no-underline tabular-nums',
} as const;

type Look = keyof typeof looks;

/**
 * Posts its form. While that is under way it says so and takes no second click; the width stays.
 * @param pending the word for "under way"
 */
export function SubmitButton({
  children,
  pending,
  look = 'solid',
  disabled = false,
  name,
  value,
}: {
  children: ReactNode;
  pending: string;
  look?: Look;
  disabled?: boolean;
  /** What the form says where it has several buttons. */
  name?: string;
  value?: string;
}) {
  const status = useFormStatus();
  return (
    <button
      type="submit"
      name={name}
      value={value}
      className={`${looks[look]} ${status.pending ? 'opacity-70' : ''}`}
      disabled={disabled || status.pending}
    >
      {status.pending ? pending : children}
    </button>
  );
}

/** A way to another page that looks like a button. */
export function ButtonLink({ href, children, look = 'solid' }: { href: string; children: ReactNode; look?: Look }) {
  return (
    <Link href={href} className={looks[look]} prefetch={false}>
      {children}
    </Link>
  );
}

/** A quiet way to another page. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="font-medium text-brass underline underline-offset-4">
      {children}
    </Link>
  );
}
