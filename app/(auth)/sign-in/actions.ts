'use server';

import { redirect } from 'next/navigation';
import { container } from '@/lib/container';
import { type FormState, nextTurn, single } from '@/lib/form-state';
import { newPending } from '@/lib/second-factor/pending';
import { requestDeps } from '@/lib/session/caller';
import { checkCookies } from '@/lib/session/cookies';
import { signOutHere, writeSession } from '@/lib/session/current';
import { rememberThisDevice } from '@/lib/session/device-cookie';
import { clearFlow } from '@/lib/session/flow-cookie';
import { returnPath } from '@/lib/session/return-path';
import { signIn } from '@/lib/session/sign-in';
import { browserCheck, cookiesNeeded, signInBusy, tooManySignIns } from '../forgot-password/sentences';
import { beginSecondStep } from './second-step/begin';

// The rule stands there for everybody, so that a wait says nothing about an account (LOG-1).
const refused =
  'The email or the password is not right. After five tries, wait a moment before the next. If you forgot the password, set a new one below.';

/** Unknown, disabled and wrong look alike (LOG-1, ENU-4). A new session at every sign-in (LOG-2). */
export async function signInAction(previous: FormState, form: FormData): Promise<FormState> {
  const email = single(form, 'email');
  const password = single(form, 'password');
  const turn = nextTurn(previous);
  const values = { email: (email ?? '').slice(0, 320) };
  if (!email?.trim()) return { turn, errors: { email: 'Type your email address.' }, values };
  if (!password) return { turn, errors: { password: 'Type your password.' }, values };
  // A session that no cookie names would lead back here from every page (UX-3): nothing is counted, hashed or made.
  if (!(await checkCookies())) return { turn, message: cookiesNeeded, values };
  const outcome = await signIn(await requestDeps(single(form, 'proof')), email, password);
  switch (outcome.status) {
    case 'refused':
      return { turn, message: refused, values };
    case 'refused-here':
      return { turn, message: tooManySignIns(outcome.until, container().clock.now()), values };
    case 'prove':
      return { turn, message: browserCheck(outcome.proof.seconds), values, proof: outcome.proof };
    case 'busy':
      return { turn, message: signInBusy, values };
    case 'second-step':
      return beginSecondStep(newPending(outcome, returnPath(single(form, 'next'))), outcome.counted);
    case 'signed-in':
      break;
  }
  await writeSession(outcome.token);
  await rememberThisDevice(outcome);
  await clearFlow();
  redirect(returnPath(single(form, 'next')));
}

/** Ends the session on the server, then here (LOG-4). */
export async function signOutAction(): Promise<void> {
  await signOutHere();
  redirect('/sign-in?note=signed-out');
}
