'use server';

import { redirect } from 'next/navigation';
import { single } from '@/lib/form-state';
import { actNotMe } from '@/lib/reset/not-me';
import { requestDeps } from '@/lib/session/caller';
import { writeFlow } from '@/lib/session/flow-cookie';
import { sendQueued } from '../send-queued';
import { notMePath } from './done';

/** The one button of a notice's link. Where it goes from here has no token in its address. */
export async function notMeAction(form: FormData): Promise<void> {
  const outcome = await actNotMe(await requestDeps(), single(form, 'token'));
  switch (outcome.status) {
    case 'closed':
      return redirect(notMePath('cancelled'));
    case 'too-late':
      return redirect(notMePath('too-late'));
    case 'operator-needed':
      sendQueued(outcome.deliveryIds);
      return redirect(notMePath(outcome.told ? 'operator-told' : 'ask-operator'));
    case 'disputed':
      await writeFlow(outcome.flow);
      sendQueued(outcome.deliveryIds);
      return redirect('/forgot-password/verify');
    case 'dead':
      return redirect(notMePath());
  }
}
