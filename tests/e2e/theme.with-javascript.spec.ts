import type { Page } from '@playwright/test';
import { ana, asksBy, codeSentTo, typesAddress, typesCode } from './story';
import { expect, test } from './test';

/** Presses the switch by keyboard, and waits for its colours. */
async function switches(page: Page, theme: 'light' | 'dark' | null): Promise<void> {
  await page.getByRole('button', { name: /Colours/ }).press('Enter');
  const html = page.locator('html');
  await (theme ? expect(html).toHaveAttribute('data-theme', theme) : expect(html).not.toHaveAttribute('data-theme'));
  await expect(page.getByRole('button', { name: /Colours/ })).toBeFocused();
}

test('the switch keeps what is half typed, the address and the focus, all the way round', async ({ page }) => {
  await page.goto('/sign-in?next=/account');
  await page.getByLabel('Email').fill('ana@la');
  await page.getByLabel('Password', { exact: true }).fill('half of it');
  for (const theme of ['light', 'dark', null] as const) {
    await switches(page, theme);
    await expect(page.getByLabel('Email')).toHaveValue('ana@la');
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('half of it');
    await expect(page).toHaveURL(/\/sign-in\?next=\/account$/);
  }
});

test('in the middle of a reset, and the code goes on', async ({ page }) => {
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  const field = page.getByLabel('Code from the message');
  await field.fill(code.slice(0, 3));
  await switches(page, 'light');
  await expect(field).toHaveValue(code.slice(0, 3));
  await expect(page.getByText('5 tries left')).toBeVisible();
  await typesCode(page, code);
  await expect(page).toHaveURL(/new-password/);
});
