'use client';

import { TextLink } from '@/components/ui/button';
import type { FormAction } from '@/lib/form-state';
import { CodeForm } from './code-form';
import { DeliveryStatus } from './delivery-status';
import type { FlowStatus } from './flow-status';
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
  /** As the server knew it when it rendered: right without JavaScript, and before it runs. */
  status: FlowStatus;
  /** When the seconds below were true: the server's clock, ms since 1970. */
  asOf: number;
  secondsLeft: number;
  resendInSeconds: number;
  switchInSeconds: number;
  triesLeft: number;
  sendsLeft: number;
};

const byChannel: Record<Channel, string> = { email: 'by email', sms: 'by text message' };
const instead: Record<Channel, string> = { email: 'Use email instead', sms: 'Use text message instead' };

/** Step 3. It says the same to everyone, whoever has an account; a device that the account knows is told more. */
export function VerifyForm(props: Props) {
  const { flow, channel, otherChannel, sendsLeft, asOf } = props;
  return (
    <>
      <p className="mb-5 text-muted">
        <Sent email={props.email} channel={channel} known={props.status.delivery !== undefined} />
      </p>
      <DeliveryStatus
        initial={props.status}
        channel={channel}
        otherChannel={otherChannel}
        asOf={asOf}
        secondsLeft={props.secondsLeft}
        adviceInSeconds={props.resendInSeconds}
      />
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

function Sent({ email, channel, known }: { email: string; channel: Channel; known: boolean }) {
  if (email === '')
    return `That password is stopped, and everyone was signed out. A code is on its way to you ${byChannel[channel]}: set a password of your own with it.`;
  const address = <b className="wrap-anywhere font-medium text-ink">{email}</b>;
  return known ? (
    <>
      You asked for a code for {address} {byChannel[channel]}. This device is known, so you see its way.
    </>
  ) : (
    <>
      If {address} has an account, a code is on its way {byChannel[channel]}.
    </>
  );
}
