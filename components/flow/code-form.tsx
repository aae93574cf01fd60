'use client';

import { useEffect, useRef } from 'react';
import { SubmitButton } from '@/components/ui/button';
import { codeLook, describe, Field } from '@/components/ui/field';
import { NotSent } from '@/components/ui/not-sent';
import { clockFace, useCountdown } from '@/components/ui/use-countdown';
import type { FormAction } from '@/lib/form-state';
import { BrowserCheck, underWay } from './browser-check';
import { useForm } from './use-form';
import { listenForSms } from './web-otp';

type Props = { action: FormAction; flow: string; secondsLeft: number; asOf: number; triesLeft: number };

/**
 * One plain field: no cells, no length, nothing sent by itself (UX-1). It is empty again after every answer,
 * because a code never comes back from the server.
 */
export function CodeForm({ action, flow, secondsLeft, asOf, triesLeft }: Props) {
  const { state, submit, ref, checking } = useForm(action);
  const field = useRef<HTMLInputElement>(null);
  const left = useCountdown(secondsLeft, asOf);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a browser hands over one SMS a request, so each answer and each sending again starts another.
  useEffect(() => {
    if (!ref.current) return;
    return listenForSms(ref.current, (code) => {
      if (field.current && field.current.value === '') field.current.value = code;
    });
  }, [ref, state.turn, asOf]);
  const error = state.errors?.code;
  const tries = triesLeft > 0 ? `${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left` : 'No tries left';
  return (
    <form action={submit} ref={ref}>
      <input type="hidden" name="flow" value={flow} />
      <Field name="code" label="Code from the message" error={error}>
        <input
          key={state.turn}
          ref={field}
          {...describe('code', error)}
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="Type or paste it"
          className={`${codeLook} ${error ? 'border-bad' : 'border-line-strong'}`}
        />
      </Field>
      <div className="mb-5 flex justify-between gap-3 text-[0.84375rem] text-faint tabular-nums">
        <span role="timer" aria-live="off">
          {left > 0 ? `Expires in ${clockFace(left)}` : 'This code has expired'}
        </span>
        <span>{tries}</span>
      </div>
      <BrowserCheck state={state} checking={checking} />
      <NotSent state={state} />
      <SubmitButton pending={underWay(checking, 'Checking…')}>Verify code</SubmitButton>
    </form>
  );
}
