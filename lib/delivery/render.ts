import { createElement, type ReactElement } from 'react';
import { headerValue } from './header-value';
import type { MessageContent } from './messages';
import type { Channel, OutgoingMessage } from './port';
import { renderHtml } from './render-html';
import { codeSms, guessingSms, life, passwordChangedSms } from './sms';
import { CodeEmail } from './templates/code-email';
import { codeText, guessingText, operatorNeededText, passwordChangedText } from './templates/email-text';
import { GuessingEmail } from './templates/guessing-email';
import { OperatorNeededEmail } from './templates/operator-needed-email';
import { PasswordChangedEmail } from './templates/password-changed-email';

// React Email takes 3 ms a mail; a frame is rendered once a kind and filled in. What is filled in is digits,
// fixed words and base64url behind APP_URL, so there is nothing to escape; names are in the frame, escaped by React.
const slot = { code: '%CODE%', life: '%LIFE%', when: '%WHEN%', notMe: '%NOTME%' };
const frames = new Map<string, Promise<string>>();
const mostFrames = 50;

function frame(key: string, element: () => ReactElement): Promise<string> {
  const known = frames.get(key);
  if (known) return known;
  if (frames.size >= mostFrames) frames.clear();
  const html = renderHtml(element());
  frames.set(key, html);
  html.catch(() => frames.delete(key));
  return html;
}

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

async function renderEmail(content: MessageContent, to: string): Promise<OutgoingMessage> {
  const { appName } = content;
  const mail = (subject: string, text: string, html: string): OutgoingMessage => ({
    channel: 'email',
    to,
    subject: headerValue('subject', subject),
    text,
    html,
  });
  switch (content.kind) {
    case 'code': {
      const { code } = content;
      const span = life(content.minutes);
      const digits = code.length;
      const { link, hole } = notMeOf(content);
      const html = await frame(`code ${digits} ${hole} ${appName}`, () =>
        createElement(CodeEmail, { appName, digits, code: slot.code, life: slot.life, notMe: hole }),
      );
      const filled = html
        .replaceAll(slot.code, code)
        .replaceAll(slot.life, span)
        .replaceAll(slot.notMe, link ?? '');
      return mail(`${code} is your ${appName} code`, codeText(appName, code, span, link), filled);
    }
    case 'password_changed': {
      const when = words(content.at);
      const { link, hole } = notMeOf(content);
      const html = await frame(`changed ${hole} ${appName}`, () =>
        createElement(PasswordChangedEmail, { appName, when: slot.when, notMe: hole }),
      );
      const filled = html.replaceAll(slot.when, when).replaceAll(slot.notMe, link ?? '');
      return mail(`Your ${appName} password was changed`, passwordChangedText(appName, when, link), filled);
    }
    case 'operator_needed': {
      // Rare, and it names somebody: rendered whole, so that React escapes the address.
      const when = words(content.at);
      const account = content.account ?? 'Somebody whose account is gone by now';
      const html = await renderHtml(createElement(OperatorNeededEmail, { appName, when, account }));
      return mail(`Somebody needs your help at ${appName}`, operatorNeededText(appName, when, account), html);
    }
    case 'guessing': {
      const when = words(content.at);
      const { account } = content;
      const html = await renderHtml(createElement(GuessingEmail, { appName, when, account }));
      return mail(`Somebody is guessing at ${appName} codes`, guessingText(appName, when, account), html);
    }
  }
}

/** The link, and what keeps its place in the frame: a mail without a link is another frame. */
function notMeOf({ notMe }: { notMe: URL | null }): { link: string | null; hole: string | null } {
  return notMe ? { link: notMe.href, hole: slot.notMe } : { link: null, hole: null };
}

/** Seconds. A notice is still worth reading after some hours, not the next day. */
const noticeWorth = 4 * 60 * 60;

function renderSms(content: MessageContent, to: string): OutgoingMessage {
  switch (content.kind) {
    case 'code':
      return { channel: 'sms', to, text: codeSms(content), validitySeconds: content.secondsLeft };
    case 'password_changed':
      return { channel: 'sms', to, text: passwordChangedSms(content), validitySeconds: noticeWorth };
    case 'guessing':
      return { channel: 'sms', to, text: guessingSms(content), validitySeconds: noticeWorth };
    case 'operator_needed':
      throw new Error('Admins are told by email.');
  }
}

/**
 * Puts content into the words of a channel. Names and links come from `content`, thus from
 * configuration, never from a request (DEL-4).
 * @param to an email address or an E.164 number
 * @throws UnsafeHeader where the service's name could break a header (DEL-3)
 */
export async function render(content: MessageContent, channel: Channel, to: string): Promise<OutgoingMessage> {
  return channel === 'email' ? renderEmail(content, to) : renderSms(content, to);
}
