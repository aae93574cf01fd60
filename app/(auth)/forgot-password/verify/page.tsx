import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { VerifyForm } from '@/components/flow/verify-form';
import { Notice } from '@/components/ui/notice';
import { StepCard } from '@/components/ui/step-card';
import { container } from '@/lib/container';
import { viewChallenge } from '@/lib/otp/challenge';
import { readDevices } from '@/lib/session/device-cookie';
import { resendAction, switchAction, verifyAction } from '../actions';
import { statusOf } from '../flow-status';
import { detour, flowAt } from '../form-flow';
import { noteOf } from '../notes';

export const metadata: Metadata = { title: 'Enter your code' };

/** Whole seconds from now until then, never negative. */
const secondsUntil = (then: Date | null, now: Date): number =>
  then ? Math.max(0, Math.ceil((then.getTime() - now.getTime()) / 1000)) : 0;

export default async function VerifyPage({ searchParams }: WithSearchParams) {
  const flow = await flowAt('/forgot-password/verify');
  const { db, clock, offered } = container();
  const view = await viewChallenge(db, flow.challengeId);
  if (!view || !flow.channel) return detour('/forgot-password', 'start-again');
  const note = await noteOf(searchParams);
  const status = await statusOf(flow, await readDevices());
  const now = clock.now();
  // After a dispute the other channel is the one that is not trusted.
  const other = flow.email === '' ? undefined : offered.find((channel) => channel !== flow.channel);
  const otherChannel = other ?? null;
  return (
    <StepCard step={3} title="Enter your code">
      {note && <Notice tone="info">{note}</Notice>}
      <VerifyForm
        verifyAction={verifyAction}
        resendAction={resendAction}
        switchAction={switchAction}
        flow={flow.tag}
        email={flow.email}
        channel={flow.channel}
        otherChannel={otherChannel}
        status={status}
        asOf={now.getTime()}
        secondsLeft={secondsUntil(view.expiresAt, now)}
        triesLeft={view.triesLeft}
        sendsLeft={view.sendsLeft}
        resendInSeconds={secondsUntil(view.nextSendAt[flow.channel], now)}
        switchInSeconds={otherChannel ? secondsUntil(view.nextSendAt[otherChannel], now) : 0}
      />
    </StepCard>
  );
}
