import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import type { PlainBrowser } from '../support/plain-browser';
import type { OwnApp } from './own-app';
import { person, query } from './own-people';
import { codeSentTo, signsIn } from './story';

/** Runs a command for one person, as an operator does. @returns what it said */
async function userCommand(app: OwnApp, command: string, email: string): Promise<string> {
  const words = [join('scripts', 'run.js'), 'user', command, '--email', email];
  const env = { ...process.env, DATABASE_URL: app.databaseUrl };
  return (await promisify(execFile)(process.execPath, words, { env })).stdout;
}

/** Makes somebody an admin without an app. @returns the word that sets one up */
export async function resetSecondFactorOf(app: OwnApp, email: string): Promise<string> {
  await userCommand(app, 'promote', email);
  const said = await userCommand(app, 'second-factor-reset', email);
  const [, word] = /Enrolment word[^:]*: (\S+)/.exec(said) ?? [];
  if (!word) throw new Error(`no word: ${said}`);
  return word;
}

export const admin = { email: 'ada@latchkey.test', password: 'brass otter lantern' };

async function admitted(app: OwnApp): Promise<void> {
  const known = await query(app, `SELECT id FROM "User" WHERE email = '${admin.email}'`);
  if (known.length > 0) return;
  await person(app, admin.email, admin.password);
  await userCommand(app, 'promote', admin.email);
}

/** The same without scripts, as far as it says, in a demonstration. */
export async function signsInPlainly(
  browser: PlainBrowser,
  app: OwnApp,
  { past }: { past: 'password' | 'second step' },
): Promise<void> {
  await admitted(app);
  const signIn = await browser.form('/sign-in', 'name="password"');
  await signIn.post([
    ['email', admin.email],
    ['password', admin.password],
  ]);
  if (past === 'password') return;
  const step = await browser.form('/sign-in/second-step', 'name="code"');
  const inbox = `SELECT text FROM "InboxMessage" WHERE "to" = '${admin.email}' ORDER BY at DESC LIMIT 1`;
  await expect(async () => {
    const [mail] = await query<{ text: string }>(app, inbox);
    const code = /\b\d{8}\b/.exec(mail?.text ?? '')?.[0] ?? '';
    expect((await step.post([['code', code]])).location).toBe('/account');
  }).toPass({ intervals: [200, 500] });
}

/** Signs an admin in by both steps, in a demonstration, where the second one's code lies in the local inbox. */
export async function signsInAsAdmin(page: Page, app: OwnApp): Promise<void> {
  await admitted(app);
  const code = await codeSentTo(page, admin.email, () => signsIn(page, admin.email, admin.password));
  await page.getByLabel('Code from the message').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/account$/);
}
