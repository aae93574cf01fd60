import { expect } from '@playwright/test';
import { PlainBrowser } from '../support/plain-browser';
import type { OwnApp } from './own-app';
import { reaches } from './plain-story';

type Message = { text: string; subject?: string };

/** The path of the link in the newest mail to somebody whose subject says so. */
export async function linkIn(app: OwnApp, to: string, subject: RegExp): Promise<string> {
  let path: string | undefined;
  await expect(async () => {
    const answer = await fetch(`${app.base}/dev/inbox/messages?to=${encodeURIComponent(to)}`);
    const messages: Message[] = await answer.json();
    const mail = messages.find((message) => subject.test(message.subject ?? ''));
    path = mail?.text.match(/(\/not-me\?token=[\w-]{43})\n/)?.[1];
    expect(path).toBeDefined();
  }).toPass({ intervals: [50], timeout: 5_000 });
  return path ?? '';
}

/** Somebody at another browser asks for a code. @returns the link of its mail */
export async function codeAskedFor(app: OwnApp, email: string): Promise<string> {
  await reaches(app, new PlainBrowser(app.base), email, 'verify');
  return linkIn(app, email, /code$/);
}

/** Somebody at another browser resets the password by email. @returns the link of the mail that tells of it */
export async function passwordTaken(app: OwnApp, email: string, password: string): Promise<string> {
  const browser = new PlainBrowser(app.base);
  await reaches(app, browser, email, 'new-password');
  const form = await browser.form('/forgot-password/new-password', 'name="password"');
  const answer = await form.post([
    ['password', password],
    ['confirmPassword', password],
  ]);
  expect(answer.location).toBe('/forgot-password/done');
  return linkIn(app, email, /was changed$/);
}
