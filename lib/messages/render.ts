import { createElement } from 'react';
import type { Channel, OutgoingMessage } from '@/lib/delivery/port';
import { headerValue } from '@/lib/delivery/smtp/header-value';
import type { MessageContent } from './content';
import { renderHtml } from './render-html';
import { renderWorded } from './render-worded';
import { codeSms, guessingSms, life, passwordChangedSms } from './sms';
import { standardOf, type Wording } from './standard-wordings';
import { AlertEmail, alertText } from './templates/alert-email';
import { guessingText, operatorNeededText, secondStepGuessedText } from './templates/email-text';
import { GuessingEmail } from './templates/guessing-email';
import { OperatorNeededEmail } from './templates/operator-needed-email';
import { SecondStepGuessedEmail } from './templates/second-step-guessed-email';

const utc = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const words = (at: Date): string => `${utc.format(at)} UTC`;

/** A mail's parts before it is addressed. */
type Mail = { subject: string; text: string; html: string };

/** What a mail leaves open that has no such thing. */
const nothing = { code: '', digits: 0, life: '', when: '', link: '', notMe: null };

async function mailOf(content: MessageContent, wording: Wording | null): Promise<Mail> {
  const { appName } = content;
  switch (content.kind) {
    case 'second_step':
    case 'code': {
      const { kind, code } = content;
      const notMe = content.kind === 'code' ? (content.notMe?.href ?? null) : null;
      const values = { ...nothing, appName, code, digits: code.length, life: life(content.minutes), notMe };
      return renderWorded(kind, wording ?? standardOf(kind, 'email'), values);
    }
    case 'password_changed': {
      const values = { ...nothing, appName, when: words(content.at), notMe: content.notMe?.href ?? null };
      return renderWorded(content.kind, wording ?? standardOf(content.kind, 'email'), values);
    }
    case 'reset_invited': {
      // A plain address: whoever opens it still has to prove who they are.
      const values = { ...nothing, appName, link: new URL('/forgot-password', content.origin).href };
      return renderWorded(content.kind, wording ?? standardOf(content.kind, 'email'), values);
    }
    case 'guessing': {
      const when = words(content.at);
      const { kind, account } = content;
      if (account === null)
        return renderWorded(kind, wording ?? standardOf(kind, 'email'), { ...nothing, appName, when });
      // To an admin: rare, and it names somebody, so it is rendered whole and React escapes the address.
      const html = await renderHtml(createElement(GuessingEmail, { appName, when, account }));
      const text = guessingText(appName, when, account);
      return { subject: `Somebody is guessing at ${appName} codes`, text, html };
    }
    case 'operator_needed': {
      const when = words(content.at);
      const account = content.account ?? 'Somebody whose account is gone by now';
      const html = await renderHtml(createElement(OperatorNeededEmail, { appName, when, account }));
      const text = operatorNeededText(appName, when, account);
      return { subject: `Somebody needs your help at ${appName}`, text, html };
    }
    case 'second_step_guessed': {
      const when = words(content.at);
      const html = await renderHtml(createElement(SecondStepGuessedEmail, { appName, when }));
      return { subject: `Wrong codes at your ${appName} sign-in`, text: secondStepGuessedText(appName, when), html };
    }
    case 'alert': {
      const { ended, words: said } = content;
      const alert = { appName, ended, when: words(content.at), link: new URL('/admin', content.origin).href, ...said };
      const html = await renderHtml(createElement(AlertEmail, alert));
      return { subject: `${ended ? 'Over: ' : ''}${said.title} (${appName})`, text: alertText(alert), html };
    }
  }
}

/** Seconds. A notice is still worth reading after some hours, not the next day. */
const noticeWorth = 4 * 60 * 60;

function renderSms(content: MessageContent, to: string, wording: Wording | null): OutgoingMessage {
  switch (content.kind) {
    case 'code':
      return { channel: 'sms', to, text: codeSms(content, wording), validitySeconds: content.secondsLeft };
    case 'password_changed':
      return { channel: 'sms', to, text: passwordChangedSms(content, wording), validitySeconds: noticeWorth };
    case 'guessing':
      return { channel: 'sms', to, text: guessingSms(content, wording), validitySeconds: noticeWorth };
    case 'alert':
    case 'operator_needed':
    case 'second_step':
    case 'second_step_guessed':
    case 'reset_invited':
      throw new Error('This goes by email alone.');
  }
}

/**
 * Puts content into the words of a channel. Names and links come from `content`, thus from
 * configuration, never from a request (DEL-4).
 * @param to an email address or an E.164 number
 * @param wording an admin's words for this kind and channel, which `checkWording` let pass; null for the standard ones
 * @throws UnsafeHeader where the service's name could break a header (DEL-3)
 */
export async function render(
  content: MessageContent,
  channel: Channel,
  to: string,
  wording: Wording | null = null,
): Promise<OutgoingMessage> {
  if (channel === 'sms') return renderSms(content, to, wording);
  const { subject, text, html } = await mailOf(content, wording);
  return { channel, to, subject: headerValue('subject', subject), text, html };
}
