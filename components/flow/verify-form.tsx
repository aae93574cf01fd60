'use client';

import { TextLink } from '@/components/ui/button';
import type { FormAction } from '@/lib/form-state';
import { CodeForm } from './code-form';
import { SendAgain } from './send-again';

type Channel = 'email' | 'sms';

type Props = {
  verifyAction: FormAction;
  resendAction: FormAction;
  switchAction: FormAction;
  /** The flow's tag, which every form repeats. */
  flow: string;
  /** As typed. Empty where a disputed password led here: then the account is known, and none is named (ENU-5). */
  email: string;
  channel: Channel;
  /** Null where one channel alone is configured. */
  otherChannel: Channel | null;
  /** When the seconds below were true: the server's clock, ms since 1970. */
  asOf: number;
  secondsLeft: number;
  resendInSeconds: number;
  switchInSeconds: number;
  triesLeft: number;
  sendsLeft: number;
};

const byChannel: Record<Channel, string> = { email: 'by email', sms: 'by text message' };
const where: Record<Channel, string> = {
  email: 'Nothing after a minute? Look in the spam folder, or send it again.',
  sms: 'Nothing after a minute? Send it again, or use email.',
};
const instead: Record<Channel, string> = { email: 'Use email instead', sms: 'Use text message instead' };

/** Step 3. It says the same to everyone, whoever has an account. */
export function VerifyForm(props: Props) {
  const { flow, channel, otherChannel, sendsLeft, asOf } = props;
  return (
    <>
      <p className="mb-5 text-muted">
        {props.email === '' ? (
          `That password is stopped, and everyone was signed out. A code is on its way to you ${byChannel[channel]}: set a password of your own with it.`
        ) : (
          <>
            If <b className="break-all font-medium text-ink">{props.email}</b> has an account, a code is on its way{' '}
            {byChannel[channel]}.
          </>
        )}
      </p>
      <p className="mb-5.5 rounded-panel bg-raised px-4 py-3 text-[0.84375rem] text-muted">
        {channel === 'sms' && !otherChannel ? 'Nothing after a minute? Send it again.' : where[channel]}
      </p>
      <CodeForm
        action={props.verifyAction}
        flow={flow}
        secondsLeft={props.secondsLeft}
        asOf={asOf}
        triesLeft={props.triesLeft}
      />
      <div className="mt-2 flex flex-wrap items-start justify-between gap-x-5">
        <SendAgain
          name="resend"
          action={props.resendAction}
          flow={flow}
          label="Resend code"
          waiting="Resend code"
          waitSeconds={props.resendInSeconds}
          asOf={asOf}
          sendsLeft={sendsLeft}
        />
        {otherChannel && (
          <SendAgain
            name="switch"
            action={props.switchAction}
            flow={flow}
            label={instead[otherChannel]}
            waiting={instead[otherChannel]}
            waitSeconds={props.switchInSeconds}
            asOf={asOf}
            sendsLeft={sendsLeft}
          />
        )}
      </div>
      <p className="mt-3 border-t border-line pt-4 text-sm">
        <TextLink href="/forgot-password">Use another address</TextLink>
      </p>
    </>
  );
}
