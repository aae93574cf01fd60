'use client';

import { type ReactNode, useState } from 'react';
import type { FormState } from '@/lib/form-state';
import { NotSent } from './not-sent';
import { whyNotSent } from './why-not-sent';

type Props = { action: (form: FormData) => Promise<void>; className?: string; children: ReactNode };

/** A form without text fields, such as "Sign out". It says so when its action cannot be reached. */
export function PlainForm({ action, className, children }: Props) {
  const [state, setState] = useState<FormState>({ turn: 0 });
  const guarded = async (form: FormData): Promise<void> => {
    try {
      await action(form);
    } catch (error) {
      const notSent = whyNotSent(error);
      setState(({ turn }) => ({ turn: turn + 1, notSent }));
    }
  };
  return (
    // The page that the server writes names the action itself, so that the form can be sent before scripts run.
    <form action={typeof window === 'undefined' ? action : guarded} {...(className ? { className } : {})}>
      <NotSent state={state} />
      {children}
    </form>
  );
}
