import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { signsIn } from './story';

/** A browser that knows nobody. */
export async function strangersPage(browser: Browser, base: string, javaScriptEnabled = true): Promise<Page> {
  return (await browser.newContext({ baseURL: base, javaScriptEnabled })).newPage();
}

/** A browser on which somebody has signed in once, and is signed out. */
export async function knownDevice(
  browser: Browser,
  base: string,
  who: { email: string; password: string },
  javaScriptEnabled = true,
): Promise<Page> {
  const page = await strangersPage(browser, base, javaScriptEnabled);
  await signsIn(page, who.email, who.password);
  await expect(page).toHaveURL(/account/);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/sign-in/);
  return page;
}

/** The line from the request to the phone or the mail provider. */
export const points = (page: Page): Locator =>
  page.getByRole('list', { name: 'The way of your code' }).getByRole('listitem');
