import type { Page } from '@playwright/test';
import { ana, asksBy, codeSentTo, inboxOf, setsPassword, signsIn, typesAddress, typesCode } from './story';
import { expect, test } from './test';

const shoot = (page: Page, name: string) =>
  page.screenshot({ path: `docs/screenshots/${name}.png`, fullPage: true, animations: 'disabled' });

for (const colorScheme of ['dark', 'light'] as const)
  for (const width of [360, 1280] as const)
    test.describe(`${colorScheme} ${width}`, () => {
      test.use({ colorScheme, viewport: { width, height: width === 360 ? 740 : 800 } });

      test('every page of the flow', async ({ page }) => {
        const at = (name: string) => `${name}-${colorScheme}-${width}`;
        const fits = async () =>
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        await page.goto('/');
        await shoot(page, at('landing'));
        await page.goto('/no-such-page');
        await shoot(page, at('not-found'));
        await page.goto('/forgot-password');
        await fits();
        await shoot(page, at('request'));
        await typesAddress(page, ana.email);
        await fits();
        await shoot(page, at('method'));
        const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
        await codeSentTo(page, ana.phone, () => page.getByRole('button', { name: 'Use text message instead' }).click());
        await typesCode(page, code === '000000' ? '000001' : '000000');
        await expect(page.getByText('You have 4 tries left.')).toBeVisible();
        await fits();
        await shoot(page, at('wrong-code'));
        await page.goto('/dev/inbox');
        await fits();
        await shoot(page, at('inbox'));
        await page.goto('/forgot-password/verify');
        await shoot(page, at('verify'));
        await typesCode(page, code);
        await expect(page).toHaveURL(/new-password/);
        await page.getByLabel('New password', { exact: true }).fill('brass otter lantern');
        await expect(page.getByText('Strong.')).toBeVisible();
        await fits();
        await shoot(page, at('new-password'));
        await setsPassword(page, 'brass otter lantern');
        await shoot(page, at('done'));
        await signsIn(page, ana.email, 'not the password');
        await expect(page.getByText('is not right')).toBeVisible();
        await shoot(page, at('sign-in'));
        await signsIn(page, ana.email, 'brass otter lantern');
        await expect(page).toHaveURL(/account/);
        await shoot(page, at('account'));
        // This browser is known to the account now: it sees its own code on its way.
        await page.getByRole('button', { name: 'Sign out' }).click();
        await typesAddress(page, ana.email);
        await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
        await expect(page.getByText('With your mail provider')).toBeVisible();
        await shoot(page, at('known-device'));
        const mails = await inboxOf(page, ana.email);
        for (const [about, name] of [
          [/is your .* code/, 'cancel-code'],
          [/password was changed/, 'not-me'],
        ] as const) {
          const link = mails.find(({ subject = '' }) => about.test(subject))?.text.match(/https?:\S+\/not-me\S+/)?.[0];
          await page.goto(link ?? '/no-link');
          await fits();
          await shoot(page, at(name));
        }
      });
    });
