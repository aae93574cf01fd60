import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { arrive, emptyInbox, history, mail, shownMail, sms } from './inbox-story';
import { type OwnApp, startApp } from './own-app';
import { expect, test } from './test';

let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
});
test.afterAll(() => app?.stop());
test.beforeEach(() => emptyInbox(app));

test('messages arrive by themselves, and are said', async ({ page }) => {
  await page.goto(`${app.base}/dev/inbox`);
  await expect(page.getByRole('heading', { name: 'No mail yet' })).toBeVisible();
  await expect(page.getByText('No text message yet')).toBeVisible();
  await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
  await arrive(app, [mail('482917')]);
  await expect(shownMail(page)).toHaveText('482917 is your Latchkey code');
  await expect(page.frameLocator('iframe').getByText('482917')).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('Latest of 1: mail to ana@latchkey.test');
  await arrive(app, [sms('482918')]);
  await expect(page.getByRole('region', { name: 'Phone' })).toContainText('482918 is your Latchkey code');
  await expect(page.getByRole('status')).toHaveText('Latest of 2: text message to +12025550123');
  await expect(page.locator('body')).toHaveAttribute('data-same-page', '');
});

test('the newest is shown, unless another one was chosen', async ({ page }) => {
  await arrive(app, history(2));
  await page.goto(`${app.base}/dev/inbox`);
  await arrive(app, [mail('200000')]);
  await expect(shownMail(page)).toHaveText(/^200000/);
  await page.getByRole('link', { name: /^100001/ }).click();
  await arrive(app, [mail('300000')]);
  await expect(page.getByRole('link', { name: /^300000/ })).toBeVisible();
  await expect(shownMail(page)).toHaveText(/^100001/);
  await page.reload();
  await expect(shownMail(page)).toHaveText(/^100001/);
});

test('by keyboard: an older mail, its text, and both histories to their ends', async ({ page }) => {
  await arrive(app, history(60));
  await page.goto(`${app.base}/dev/inbox`);
  const texts = page.getByRole('region', { name: 'Text messages, newest first' });
  await page.getByRole('heading', { name: 'Local inbox' }).click();
  await page.keyboard.press('Tab');
  await expect(texts).toBeFocused();
  await expect(texts.getByRole('listitem').first()).toContainText('100000');
  await page.keyboard.press('End');
  await expect(texts.getByText('100059 is your')).toBeInViewport();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the mail' })).toBeFocused();
  await page.keyboard.press('Tab');
  const mails = page.getByRole('region', { name: 'Mails, newest first' });
  await expect(mails).toBeFocused();
  await page.keyboard.press('End');
  await expect(mails.getByText('100059 is your')).toBeInViewport();
  await page.keyboard.press('Home');
  // Scrolling by keyboard is animated.
  await expect(mails.getByText('100000 is your')).toBeInViewport();
  for (let older = 0; older < 15; older++) await page.keyboard.press('Tab');
  const older = page.getByRole('link', { name: /^100014/ });
  await expect(older).toBeFocused();
  await expect(older).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await expect(shownMail(page)).toHaveText(/^100014/);
  await expect(older).toBeFocused();
  await expect(older).toHaveAttribute('aria-current', 'true');
});

test('by keyboard: past the list, to the plain text', async ({ page }) => {
  await arrive(app, history(60));
  await page.goto(`${app.base}/dev/inbox`);
  await page.getByRole('link', { name: 'Skip to the mail' }).focus();
  await page.keyboard.press('Enter');
  await expect(shownMail(page)).toBeFocused();
  await page.getByText('Plain text').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('pre')).toContainText('100000');
  await expect(page.locator('pre')).toBeInViewport();
});

test('several numbers: one phone at a time', async ({ page }) => {
  await arrive(app, [sms('111111'), sms('222222', { to: '+436601234567', minutesAgo: 1 })]);
  await page.goto(`${app.base}/dev/inbox`);
  const phone = page.getByRole('region', { name: 'Phone' });
  await expect(phone).toContainText('111111');
  await phone.getByRole('link', { name: '+436601234567' }).click();
  await expect(phone).toContainText('222222');
  await expect(phone).not.toContainText('111111');
});

test('a mail runs nothing and loads nothing', async ({ page }) => {
  // A server of its own that is asked: Playwright does not see what a sandboxed frame requests.
  const asked: string[] = [];
  const elsewhere = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const away = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const hostile = `<script>new Image().src = '${away}/ran'; top.location = '${away}/top'</script>
    <meta http-equiv="refresh" content="0;url=${away}/refreshed"><link rel="stylesheet" href="${away}/style">
    <img alt="" src="${away}/image" onerror="top.location = '${away}/failed'">
    <form action="${away}/sent"><button>Send</button></form>Seen`;
  await arrive(app, [
    mail('482917', { html: `<!DOCTYPE html><html><head></head><body>${hostile}</body></html>` }),
    mail('482918', { html: hostile, minutesAgo: 1 }),
  ]);
  for (const code of ['482917', '482918']) {
    await page.goto(`${app.base}/dev/inbox`);
    await page.getByRole('link', { name: code }).click();
    const frame = page.getByTitle('The mail as it looks');
    await expect(frame).toHaveAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
    await expect(frame.contentFrame().getByText('Seen')).toBeVisible();
    await frame.contentFrame().getByRole('button').click();
    await page.waitForResponse(/inbox\/messages/);
  }
  expect(asked).toEqual([]);
  elsewhere.close();
});

test('a server that is away is named, and found again', async ({ page }) => {
  await page.goto(`${app.base}/dev/inbox`);
  await page.route('**/dev/inbox/messages', (route) => route.abort());
  const away = page.getByText('The server does not answer. Looking again.');
  await expect(away).toBeVisible();
  await page.unroute('**/dev/inbox/messages');
  await expect(away).toBeHidden();
});
