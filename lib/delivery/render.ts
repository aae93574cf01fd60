import { createElement, type ReactElement } from 'react';
import { headerValue } from './header-value';
import type { MessageContent } from './messages';
import type { Channel, OutgoingMessage } from './port';
import { renderHtml } from './render-html';
import { codeSms, life, passwordChangedSms } from './sms';
import { CodeEmail } from './templates/code-email';
import { codeText, passwordChangedText } from './templates/email-text';
import { PasswordChangedEmail } from './templates/password-changed-email';

// React Email takes 3 ms a mail; a frame is rendered once a kind and filled in. What is filled in
// is digits and fixed words, so there is nothing to escape; names are in the frame, escaped by React.
const slot = { code: '%CODE%', life: '%LIFE%', when: '%WHEN%' };
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

async function renderEmail(content: MessageContent, to: string): Promise<OutgoingMessage> {
  const { appName } = content;
  switch (content.kind) {
    case 'code': {
      const { code } = content;
      const span = life(content.minutes);
      const digits = code.length;
      const html = await frame(`code ${digits} ${appName}`, () =>
        createElement(CodeEmail, { appName, digits, code: slot.code, life: slot.life }),
      );
      const filled = html.replaceAll(slot.code, code).replaceAll(slot.life, span);
      const subject = headerValue('subject', `${code} is your ${appName} code`);
      return { channel: 'email', to, subject, text: codeText(appName, code, span), html: filled };
    }
    case 'password_changed': {
      const when = `${utc.format(content.at)} UTC`;
      const html = await frame(`changed ${appName}`, () =>
        createElement(PasswordChangedEmail, { appName, when: slot.when }),
      );
      const subject = headerValue('subject', `Your ${appName} password was changed`);
      return {
        channel: 'email',
        to,
        subject,
        text: passwordChangedText(appName, when),
        html: html.replaceAll(slot.when, when),
      };
    }
  }
}

/** Seconds. A notice is still worth reading after some hours, not the next day. */
const noticeWorth = 4 * 60 * 60;

const renderSms = (content: MessageContent, to: string): OutgoingMessage =>
  content.kind === 'code'
    ? { channel: 'sms', to, text: codeSms(content), validitySeconds: content.secondsLeft }
    : { channel: 'sms', to, text: passwordChangedSms(content), validitySeconds: noticeWorth };

/**
 * Puts content into the words of a channel. Names and links come from `content`, thus from
 * configuration, never from a request (DEL-4).
 * @param to an email address or an E.164 number
 * @throws UnsafeHeader where the service's name could break a header (DEL-3)
 */
export async function render(content: MessageContent, channel: Channel, to: string): Promise<OutgoingMessage> {
  return channel === 'email' ? renderEmail(content, to) : renderSms(content, to);
}
