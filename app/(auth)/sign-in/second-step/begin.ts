import 'server-only';
import { redirect } from 'next/navigation';
import { sendQueued } from '@/app/send-queued';
import { newChallengeId } from '@/lib/otp/derive';
import { sendInboxCode } from '@/lib/second-factor/inbox-code';
import type { Pending } from '@/lib/second-factor/pending';
import { secondStepDeps, writePending } from '@/lib/session/second-step';
import type { CountedSignIn } from '@/lib/session/sign-in-limits';

/**
 * Leads to the second step; in the demonstration a code for it goes to the local inbox.
 * @param counted what the password's try counted, where this begins a sign-in
 */
export async function beginSecondStep(pending: Pending, counted?: CountedSignIn): Promise<never> {
  const deps = await secondStepDeps();
  const challengeId = newChallengeId();
  await writePending({ ...pending, challengeId }, counted);
  if (deps.byInbox) sendQueued([await sendInboxCode(deps, pending.userId, challengeId)]);
  redirect('/sign-in/second-step');
}
