import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const ana = { email: 'ana@latchkey.test', phone: '+12025550123' };

type Message = { id: string; channel: 'email' | 'sms'; to: string; subject?: string; text: string; html?: string };

export async function inboxOf(page: Page, to: string): Promise<Message[]> {
  const answer = await page.request.get(`/dev/inbox/messages?to=${encodeURIComponent(to)}`);
  expect(answer.status()).toBe(200);
  return answer.json();
}

/** Waits for a message that was not there before, and reads its code. */
export async function codeSentTo(page: Page, to: string, act: () => Promise<void>): Promise<string> {
  const before = new Set((await inboxOf(page, to)).map((message) => message.id));
  await act();
  let code: string | undefined;
  await expect(async () => {
    const fresh = (await inboxOf(page, to)).find((message) => !before.has(message.id));
    code = fresh?.text.match(/\b\d{6,20}\b/)?.[0];
    expect(code).toBeDefined();
  }).toPass({ timeout: 10_000, intervals: [100] });
  return code ?? '';
}

export async function typesAddress(page: Page, email: string): Promise<void> {
  await page.goto('/forgot-password');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/forgot-password\/method/);
}

export async function asksBy(page: Page, channel: 'Email' | 'Text message'): Promise<void> {
  await page.getByRole('radio', { name: channel }).check({ force: true });
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page).toHaveURL(/\/forgot-password\/verify/);
}

export async function typesCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code from the message').fill(code);
  await page.getByRole('button', { name: 'Verify code' }).click();
}

export async function setsPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('Repeat it').fill(password);
  await page.getByRole('button', { name: 'Set new password' }).click();
  await expect(page).toHaveURL(/\/forgot-password\/done/);
}

export async function signsIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** UX-3: no violation of axe's rules. Without JavaScript axe itself cannot run. */
export async function isAccessible(page: Page, javaScript: boolean): Promise<void> {
  if (!javaScript) return;
  // A page that scripts have just brought gets its title a moment later than its heading.
  await expect(page).toHaveTitle(/\S/);
  // Axe cannot run in the frame of a mail, where nothing may.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').options({ iframes: false }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target) }))).toEqual([]);
}
