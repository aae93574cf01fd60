'use server';

import { redirect } from 'next/navigation';
import { type FormState, nextTurn, single } from '@/lib/form-state';
import { checkSecondStep } from '@/lib/second-factor/check';
import { acceptWord, confirmEnrolment, isEnrolled } from '@/lib/second-factor/enrol';
import { spendPending } from '@/lib/second-factor/pending-row';
import { writeSession } from '@/lib/session/current';
import { rememberThisDevice } from '@/lib/session/device-cookie';
import { clearFlow } from '@/lib/session/flow-cookie';
import { returnPath } from '@/lib/session/return-path';
import { clearPending, secondStepDeps, writePending } from '@/lib/session/second-step';
import { createSession, proveSession } from '@/lib/session/sessions';
import { beginSecondStep } from './begin';
import * as say from './sentences';
import { type Whose, whoseSecondStep } from './whose';

const page = '/sign-in/second-step';
const failed = (previous: FormState, code: string): FormState => ({ turn: nextTurn(previous), errors: { code } });

/** A code of the app, a recovery code, or the one in the local inbox (ADM-5). */
export async function secondStepAction(previous: FormState, form: FormData): Promise<FormState> {
  const whose = await whoseSecondStep(single(form, 'next'));
  const deps = await secondStepDeps();
  const checked = await checkSecondStep(deps, whose.pending, single(form, 'code'));
  switch (checked.status) {
    case 'malformed':
      return failed(previous, deps.byInbox ? say.malformedInboxCode : say.malformedStep);
    case 'wrong':
      return failed(previous, deps.byInbox ? say.wrongInboxCode : say.wrongStep);
    case 'dead':
      return failed(previous, deps.byInbox ? say.deadCode : say.deadApp);
    case 'refused':
      return failed(previous, say.tooManySteps(checked.until, deps.clock.now()));
    case 'right':
      return goOn(whose);
  }
}

/** Makes the session that the password alone did not give, or marks the one that is there as proved anew. */
async function goOn({ pending, sessionId, counted }: Whose): Promise<never> {
  const deps = await secondStepDeps();
  await clearPending();
  if (sessionId) {
    // Of two clicks one spends it; where there is no row the code that was typed just now is the proof.
    if (pending.id !== '' && !(await spendPending(deps, pending))) redirect('/sign-in');
    await proveSession(deps, sessionId);
  } else {
    const who = { userId: pending.userId, passwordVersion: pending.passwordVersion, role: 'admin' as const };
    const session = await createSession(deps, who, { counted, passed: { pendingId: pending.id } });
    // The password, the role or the account changed since the password was typed, or this sign-in is spent.
    if (!session) redirect('/sign-in');
    await writeSession(session.token);
    await rememberThisDevice(who);
    await clearFlow();
  }
  redirect(returnPath(pending.next));
}

/** A code for the local inbox: another one, or the first where an admin is asked once more. */
export async function sendCodeAction(form: FormData): Promise<void> {
  const { pending } = await whoseSecondStep(single(form, 'next'));
  await beginSecondStep(pending);
}

/** The word that `npm run user` printed: where it is right, the app can be set up. */
export async function enrolmentWordAction(previous: FormState, form: FormData): Promise<FormState> {
  const { pending } = await whoseSecondStep(single(form, 'next'));
  const deps = await secondStepDeps();
  const outcome = await acceptWord(deps, pending.userId, single(form, 'word'));
  const turn = nextTurn(previous);
  switch (outcome.status) {
    case 'wrong':
      return { turn, errors: { word: say.wrongWord } };
    case 'refused':
      return { turn, errors: { word: say.tooManySteps(outcome.until, deps.clock.now()) } };
    case 'right':
      await writePending({ ...pending, enrolling: outcome.enrolling });
      redirect(page);
  }
}

/** The app's first code. */
export async function enrolAction(previous: FormState, form: FormData): Promise<FormState> {
  const { pending } = await whoseSecondStep(single(form, 'next'));
  if (!pending.enrolling) redirect(page);
  const deps = await secondStepDeps();
  const outcome = await confirmEnrolment(deps, pending.userId, pending.enrolling, single(form, 'code'), pending.id);
  switch (outcome.status) {
    case 'malformed':
      return failed(previous, say.malformedStep);
    case 'wrong':
      return failed(previous, say.wrongStep);
    case 'refused':
      return failed(previous, say.tooManySteps(outcome.until, deps.clock.now()));
    case 'start-again':
    case 'enrolled': {
      const recoveryCodes = outcome.status === 'enrolled' ? outcome.recoveryCodes : null;
      await writePending({ ...pending, enrolling: null, recoveryCodes });
      redirect(page);
    }
  }
}

/** The recovery codes are kept. Only whoever has just enrolled an app holds any in the sealed cookie. */
export async function keptAction(): Promise<void> {
  const whose = await whoseSecondStep(undefined);
  const { pending } = whose;
  // A reset of the second factor in between ends what was enrolled.
  if (!pending.recoveryCodes || !(await isEnrolled(await secondStepDeps(), pending.userId))) redirect(page);
  await goOn(whose);
}
