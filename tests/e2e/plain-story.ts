import { expect } from '@playwright/test';
import type { PlainBrowser } from '../support/plain-browser';
import type { OwnApp } from './own-app';
import { query, settled } from './own-people';

export type Step = 'start' | 'method' | 'verify' | 'new-password';

type Message = { id: string; text: string };

const messages = async (app: OwnApp, to: string): Promise<Message[]> =>
  (await fetch(`${app.base}/dev/inbox/messages?to=${encodeURIComponent(to)}`)).json();

/** Walks a flow by email up to a step, on an app that shows its inbox. */
export async function reaches(app: OwnApp, browser: PlainBrowser, email: string, step: Step): Promise<void> {
  if (step === 'start') return;
  // What earlier stories counted is not this one's.
  await query(app, 'DELETE FROM "Counter"');
  const request = await browser.form('/forgot-password', 'name="email"');
  await request.post([['email', email]]);
  if (step === 'method') return;
  // A mail of an earlier flow that is still on its way would pass for this one's.
  if (step === 'new-password') await settled(app);
  const before = await messages(app, email);
  const method = await browser.form('/forgot-password/method', 'name="channel"');
  await method.post([['channel', 'email']]);
  if (step === 'verify') return;
  let code: string | undefined;
  await expect(async () => {
    const fresh = (await messages(app, email)).find(({ id }) => !before.some((old) => old.id === id));
    code = /\b\d{6,20}\b/.exec(fresh?.text ?? '')?.[0];
    expect(code).toBeDefined();
  }).toPass({ intervals: [50] });
  const verify = await browser.form('/forgot-password/verify', 'name="code"');
  expect((await verify.post([['code', code ?? '']])).location).toBe('/forgot-password/new-password');
}
