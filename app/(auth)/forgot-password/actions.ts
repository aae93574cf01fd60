'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { sendQueued } from '@/app/send-queued';
import { container } from '@/lib/container';
import { type FormState, nextTurn, single } from '@/lib/form-state';
import type { Channel } from '@/lib/otp/challenge';
import type { Asked } from '@/lib/proof/proof';
import { stepOf } from '@/lib/reset/flow';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { setPassword } from '@/lib/reset/set-password';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { requestDeps } from '@/lib/session/caller';
import { checkCookies } from '@/lib/session/cookies';
import { writeFlow } from '@/lib/session/flow-cookie';
import { detour, flowOfForm } from './form-flow';
import * as say from './sentences';

const verifyPath = '/forgot-password/verify';

const isChannel = (value: unknown): value is Channel =>
  (value === 'email' || value === 'sms') && container().offered.includes(value);

/** Asks for a proof of work; scripts answer it by themselves, and who has none reads the sentence at that field. */
const prove = (previous: FormState, field: string, proof: Asked): FormState => ({
  turn: nextTurn(previous),
  errors: { [field]: say.browserCheck(proof.seconds) },
  proof,
});

/** Step 1: seals the address. Where only one channel is configured, the code is sent from here. */
export async function startAction(previous: FormState, form: FormData): Promise<FormState> {
  const typed = single(form, 'email');
  const { clock, offered } = container();
  const outcome = start(typed, clock.now());
  if (outcome.status === 'refused') {
    const values = { email: (typed ?? '').slice(0, 320) };
    return { turn: nextTurn(previous), errors: { email: say.emailSentence[outcome.problem] }, values };
  }
  // Without cookies the next step would find no flow (UX-3). Nothing has been counted or sent yet.
  if (!(await checkCookies()))
    return { turn: nextTurn(previous), message: say.cookiesNeeded, values: { email: outcome.flow.email } };
  const [only] = offered;
  if (offered.length === 1 && only) {
    const requested = await requestCode(await requestDeps(single(form, 'proof')), outcome.flow, only);
    if (requested.status === 'start-again') return detour('/forgot-password', 'start-again');
    if (requested.status === 'prove')
      return { ...prove(previous, 'email', requested.proof), values: { email: outcome.flow.email } };
    if (requested.status === 'refused') {
      const errors = { email: say.tooManySends(requested.until, clock.now()) };
      return { turn: nextTurn(previous), errors, values: { email: outcome.flow.email } };
    }
    await writeFlow(requested.flow);
    sendQueued([requested.deliveryId]);
    redirect(verifyPath);
  }
  await writeFlow(outcome.flow);
  redirect('/forgot-password/method');
}

/** Step 2: "Send code". A double click finds the challenge standing and sends nothing more. */
export async function requestAction(previous: FormState, form: FormData): Promise<FormState> {
  const flow = await flowOfForm(form);
  const here = stepOf(flow);
  if (here !== '/forgot-password/method') redirect(here);
  const wanted = single(form, 'channel');
  if (!isChannel(wanted)) return { turn: nextTurn(previous), errors: { channel: say.chooseChannel } };
  const outcome = await requestCode(await requestDeps(single(form, 'proof')), flow, wanted);
  if (outcome.status === 'start-again') return detour('/forgot-password', 'start-again');
  if (outcome.status === 'prove') return prove(previous, 'channel', outcome.proof);
  if (outcome.status === 'refused') {
    const errors = { channel: say.tooManySends(outcome.until, container().clock.now()) };
    return { turn: nextTurn(previous), errors };
  }
  await writeFlow(outcome.flow);
  sendQueued([outcome.deliveryId]);
  redirect(verifyPath);
}

/** Step 3: the code. */
export async function verifyAction(previous: FormState, form: FormData): Promise<FormState> {
  const flow = await flowOfForm(form);
  const here = stepOf(flow);
  // With the proof in hand a repeat would only spend attempts: the second click goes where the first went.
  if (here !== verifyPath) redirect(here);
  const outcome = await verifyCode(await requestDeps(single(form, 'proof')), flow, single(form, 'code'));
  const turn = nextTurn(previous);
  switch (outcome.status) {
    case 'proved':
      await writeFlow(outcome.flow);
      return redirect('/forgot-password/new-password');
    case 'prove':
      return prove(previous, 'code', outcome.proof);
    case 'refused':
      return { turn, errors: { code: say.codeSentence[outcome.problem] } };
    case 'wrong':
      // The page beside the form counts the tries too.
      refresh();
      return { turn, errors: { code: say.wrongCode(outcome.triesLeft) } };
    case 'exhausted':
      refresh();
      return { turn, errors: { code: say.noTriesLeft } };
    case 'too-short':
      return { turn, errors: { code: say.codeTooShort } };
    case 'refused-here':
      return { turn, errors: { code: say.tooManyGuesses(outcome.until, container().clock.now()) } };
    case 'expired':
      refresh();
      return { turn, errors: { code: say.codeExpired } };
    case 'start-again':
      return detour('/forgot-password', 'start-again');
  }
}

async function sendAgain(previous: FormState, form: FormData, choose: (now: Channel) => Channel): Promise<FormState> {
  const flow = await flowOfForm(form);
  if (stepOf(flow) !== verifyPath || flow.channel === null) redirect(stepOf(flow));
  const wanted = choose(flow.channel);
  const turn = nextTurn(previous);
  if (!isChannel(wanted)) return { turn, message: say.chooseChannel };
  const outcome = await resendCode(await requestDeps(single(form, 'proof')), flow, wanted);
  switch (outcome.status) {
    case 'resent':
      await writeFlow(outcome.flow);
      sendQueued([outcome.deliveryId]);
      return { turn, message: say.resent(wanted) };
    case 'prove':
      return prove(previous, 'resend', outcome.proof);
    case 'wait':
      return { turn, errors: { resend: say.waitToResend(outcome.ms) } };
    case 'refused':
      return { turn, errors: { resend: say.tooManySends(outcome.until, container().clock.now()) } };
    case 'no-sends-left':
      return { turn, errors: { resend: say.noSendsLeft } };
    case 'exhausted':
      return { turn, errors: { resend: say.noTriesLeft } };
    case 'start-again':
      return detour('/forgot-password', 'start-again');
  }
}

/** "Resend code": the same code by the same channel. */
export async function resendAction(previous: FormState, form: FormData): Promise<FormState> {
  return sendAgain(previous, form, (channel) => channel);
}

/** "Use text message instead", "Use email instead": the same code by the other channel. */
export async function switchAction(previous: FormState, form: FormData): Promise<FormState> {
  return sendAgain(previous, form, (channel) => (channel === 'email' ? 'sms' : 'email'));
}

/** Step 4: the new password. A refused one costs nothing (FLO-3). */
export async function setPasswordAction(previous: FormState, form: FormData): Promise<FormState> {
  const flow = await flowOfForm(form);
  const here = stepOf(flow);
  if (here !== '/forgot-password/new-password') redirect(here);
  const input = { password: single(form, 'password'), confirmPassword: single(form, 'confirmPassword') };
  const outcome = await setPassword(await requestDeps(), flow, input);
  const turn = nextTurn(previous);
  switch (outcome.status) {
    case 'changed':
      await writeFlow(outcome.flow);
      sendQueued(outcome.deliveryIds);
      return redirect('/forgot-password/done');
    case 'refused': {
      const sentence =
        outcome.problem === 'differs'
          ? say.differs
          : say.passwordSentence(outcome.problem, container().minPasswordLength);
      return { turn, errors: { [outcome.field]: sentence } };
    }
    case 'busy':
      return { turn, errors: { password: say.setPasswordBusy } };
    case 'start-again':
      return detour('/forgot-password', 'start-again');
  }
}
