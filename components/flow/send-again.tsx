'use client';

import { SubmitButton } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { NotSent } from '@/components/ui/not-sent';
import { clockFace, useCountdown } from '@/components/ui/use-countdown';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { FormAction } from '@/lib/form-state';
import { BrowserCheck, underWay } from './browser-check';
import { useForm } from './use-form';

type Props = {
  action: FormAction;
  flow: string;
  label: string;
  waiting: string;
  waitSeconds: number;
  asOf: number;
  sendsLeft: number;
  name: 'resend' | 'switch';
};

/**
 * A button that sends the code once more. Where scripts run it waits and says how long; where they do not,
 * it may be pressed and the server answers with the seconds. The answer takes focus, which the waiting button loses.
 */
export function SendAgain({ action, flow, label, waiting, waitSeconds, asOf, sendsLeft, name }: Props) {
  const { state, submit, ref, checking } = useForm(action);
  const hydrated = useHydrated();
  const left = useCountdown(waitSeconds, asOf);
  const wait = hydrated && left > 0 && sendsLeft > 0;
  const error = state.errors?.resend;
  return (
    <form action={submit} ref={ref} className="contents">
      <input type="hidden" name="flow" value={flow} />
      <BrowserCheck state={state} checking={checking} />
      <NotSent state={state} />
      <SubmitButton look="text" pending={underWay(checking, 'Sending…')} disabled={wait}>
        {wait ? `${waiting} in ${clockFace(left)}` : label}
      </SubmitButton>
      {error && (
        <div data-message tabIndex={-1} className="order-last basis-full">
          <FieldError id={`${name}-error`}>{error}</FieldError>
        </div>
      )}
      {state.message && !error && (
        <p data-message tabIndex={-1} role="status" className="order-last basis-full text-[0.84375rem] text-good">
          {state.message}
        </p>
      )}
    </form>
  );
}
