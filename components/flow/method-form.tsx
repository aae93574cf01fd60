'use client';

import type { ReactNode } from 'react';
import { SubmitButton, TextLink } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { NotSent } from '@/components/ui/not-sent';
import type { FormAction } from '@/lib/form-state';
import { BrowserCheck, underWay } from './browser-check';
import { useForm } from './use-form';

type Channel = 'email' | 'sms';

const icons: Record<Channel, ReactNode> = {
  email: (
    <>
      <rect x="3" y="5" width="18" height="14" rx="2.5" />
      <path d="m4 7 8 6 8-6" />
    </>
  ),
  sms: (
    <>
      <rect x="6.5" y="2.5" width="11" height="19" rx="2.5" />
      <path d="M11 18.5h2" />
    </>
  ),
};

function Choice({
  value,
  title,
  detail,
  checked,
}: {
  value: Channel;
  title: string;
  detail: string;
  checked: boolean;
}) {
  return (
    <label className="mb-2.5 flex cursor-pointer items-start gap-3.5 rounded-panel border border-line-strong px-4 py-3.5 has-checked:border-brass has-checked:bg-brass-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brass">
      <input
        type="radio"
        name="channel"
        value={value}
        defaultChecked={checked}
        aria-labelledby={`channel-${value}`}
        aria-describedby={`channel-${value}-detail`}
        className="mt-1 size-4 flex-none accent-brass"
      />
      <span className="min-w-0 flex-1">
        <span id={`channel-${value}`} className="block font-medium">
          {title}
        </span>
        <span id={`channel-${value}-detail`} className="block text-[0.84375rem] text-muted">
          {detail}
        </span>
      </span>
      <svg
        className="mt-0.5 size-5 flex-none text-muted"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        aria-hidden="true"
      >
        {icons[value]}
      </svg>
    </label>
  );
}

const words: Record<Channel, { title: string; detail: string }> = {
  email: { title: 'Email', detail: 'To the address you sign in with' },
  sms: { title: 'Text message', detail: 'To the number on your account. Carrier rates may apply.' },
};

/** Step 2. What it says is what happens, for everybody: nobody waits for nothing. */
export function MethodForm({
  action,
  flow,
  email,
  offered,
  chosen,
}: {
  action: FormAction;
  flow: string;
  email: string;
  /** The channels that are configured; the first one is chosen beforehand. */
  offered: readonly Channel[];
  /** What was chosen before this site was updated. */
  chosen?: string | undefined;
}) {
  const { state, submit, ref, checking } = useForm(action);
  const error = state.errors?.channel;
  return (
    <form action={submit} ref={ref}>
      <p className="mb-6 text-muted">
        It goes to what is saved for <b className="break-all font-medium text-ink">{email}</b>.
        {offered.length > 1 && ' If there is no number, we use email, and the other way round.'}
      </p>
      <input type="hidden" name="flow" value={flow} />
      <fieldset
        className="mb-5"
        data-bad-choice={error ? '' : undefined}
        aria-describedby={error ? 'channel-error' : undefined}
      >
        <legend className="sr-only">Channel</legend>
        {offered.map((channel, place) => (
          <Choice
            key={channel}
            value={channel}
            {...words[channel]}
            checked={offered.some((one) => one === chosen) ? channel === chosen : place === 0}
          />
        ))}
        {error && <FieldError id="channel-error">{error}</FieldError>}
      </fieldset>
      <BrowserCheck state={state} checking={checking} />
      <NotSent state={state} />
      <SubmitButton pending={underWay(checking, 'Sending…')}>Send code</SubmitButton>
      <p className="mt-4.5 text-center text-sm">
        <TextLink href="/forgot-password">Use another address</TextLink>
      </p>
    </form>
  );
}
