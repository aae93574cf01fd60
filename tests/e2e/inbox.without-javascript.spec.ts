import { arrive, emptyInbox, fitsAcross, history, mail, shownMail } from './inbox-story';
import { type OwnApp, startApp } from './own-app';
import { expect, test } from './test';

let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
});
test.afterAll(() => app?.stop());
test.beforeEach(() => emptyInbox(app));

test('mail and phone are there, and a link looks for more', async ({ page }) => {
  await page.goto(`${app.base}/dev/inbox`);
  await expect(page.getByRole('heading', { name: 'No mail yet' })).toBeVisible();
  await arrive(app, history(1));
  await page.getByRole('link', { name: 'Look for new messages' }).click();
  await expect(shownMail(page)).toHaveText(/^100000/);
  await expect(page.frameLocator('iframe').getByText('100000')).toBeVisible();
  await expect(page.getByTitle('The mail as it looks')).toHaveAttribute(
    'sandbox',
    'allow-popups allow-popups-to-escape-sandbox',
  );
  await expect(page.getByRole('region', { name: 'Phone' })).toContainText('100000 is your Latchkey code');
  await fitsAcross(page);
});

test('an older mail is chosen by its link, and the list stays where it was', async ({ page }) => {
  await arrive(app, history(60));
  await page.goto(`${app.base}/dev/inbox`);
  const older = page.getByRole('link', { name: /^100040/ });
  await older.focus();
  await page.keyboard.press('Enter');
  await expect(shownMail(page)).toHaveText(/^100040/);
  await expect(older).toBeInViewport({ ratio: 1 });
  await expect(older).toHaveAttribute('aria-current', 'true');
  await fitsAcross(page);
});

test('a mail that is gone, or a forged choice, shows the newest', async ({ page }) => {
  await arrive(app, [mail('482917')]);
  for (const choice of ['?mail=x', '?mail=1&mail=2', '?phone=%2B1', '?mail=%3Cscript%3E']) {
    expect((await page.goto(`${app.base}/dev/inbox${choice}`))?.status()).toBe(200);
    await expect(shownMail(page)).toHaveText(/^482917/);
  }
});
