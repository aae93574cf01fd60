import type { Page } from '@playwright/test';
import { linkIn } from '../e2e/notice';
import { type OwnApp, startApp } from '../e2e/own-app';
import { person } from '../e2e/own-people';
import { asksBy, codeSentTo, setsPassword, signsIn, typesAddress, typesCode } from '../e2e/story';
import { expect, test } from '../e2e/test';
import { type Line, lineToPostgres } from '../support/line-to-postgres';
import { type Watched, watch } from './watch';

// WEB-4 and FLO-6 in Chromium: every page does all that it does under its policy, and asks nobody else for anything.

const bo = 'bo@latchkey.test';
let app: OwnApp;
let line: Line;

// Not in beforeAll: the browser wants to know its base before that runs.
test.use({
  baseURL: async ({ browserName: _any }, use) => {
    line ??= await lineToPostgres();
    app ??= await startApp({ env: { LATCHKEY_DEMO: '1' }, databasePort: line.port });
    await use(app.base);
  },
});
test.afterAll(async () => {
  await app?.stop();
  line?.close();
});
test.setTimeout(60_000);

const isClean = (seen: Watched): void => {
  expect(seen.problems).toEqual([]);
  expect([...seen.origins]).toEqual([app.base]);
};

/** A page whose scripts run goes on to the next without being loaded anew. */
async function staysLoaded(page: Page, act: () => Promise<void>): Promise<void> {
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await act();
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
}

test('WEB-4: a whole reset, the sign-in and the account', async ({ page }) => {
  await person(app, bo, 'a first password');
  const seen = watch(page);
  await page.goto('/');
  await page.getByRole('button', { name: /Colours/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', /light|dark/);
  await page.goto('/forgot-password');
  await page.getByLabel('Email address').fill(bo);
  await staysLoaded(page, async () => {
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page).toHaveURL(/method/);
  });
  const polled = page.waitForResponse((answer) => answer.url().endsWith('/api/forgot-password/status'));
  const code = await codeSentTo(page, bo, () => asksBy(page, 'Email'));
  expect((await polled).status()).toBe(200);
  await typesCode(page, code === '000000' ? '000001' : '000000');
  await expect(page.getByText('You have 4 tries left.')).toBeVisible();
  await typesCode(page, code);
  await expect(page).toHaveURL(/new-password/);
  await page.getByRole('button', { name: /show/i }).first().click();
  await setsPassword(page, 'a second password');
  await signsIn(page, bo, 'a second password');
  await expect(page).toHaveURL(/\/account/);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  isClean(seen);
});

test('WEB-4: a notice’s link, and the inbox with its mails as they look', async ({ page }) => {
  const seen = watch(page);
  await typesAddress(page, bo);
  await codeSentTo(page, bo, () => asksBy(page, 'Email'));
  await page.goto('/dev/inbox');
  const mail = page.frameLocator('iframe');
  await expect(mail.getByText(/\b\d{6,20}\b/).first()).toBeVisible();
  // A style that a policy refuses is not there at all.
  const styles = await mail
    .locator('[style]')
    .evaluateAll((all) => all.map((element) => (element as HTMLElement).style.length));
  expect(styles.length).toBeGreaterThan(5);
  expect(styles.every((count) => count > 0)).toBe(true);
  await page.goto(await linkIn(app, bo, /code$/));
  await page.getByRole('button', { name: 'Cancel this code' }).click();
  await expect(page.getByRole('heading', { name: 'The code is cancelled' })).toBeVisible();
  isClean(seen);
});

test('WEB-4: a missing page and an outage', async ({ page }) => {
  const seen = watch(page, /the server responded with a status of (404|500)|React error #441;/);
  await page.goto('/no-such-page');
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  line.cut();
  await page.goto(`/not-me?token=${'x'.repeat(43)}`);
  await expect(page.getByRole('heading', { name: 'Something is wrong on our side' })).toBeVisible();
  line.mend();
  isClean(seen);
});

test('WEB-4: a script that somebody smuggled in does not run, nor a frame, a form or a base of theirs', async ({
  page,
}) => {
  await page.goto('/');
  const seen = watch(page);
  const stopped = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
    document.body.insertAdjacentHTML(
      'beforeend',
      `<img src="x" onerror="window.ran = 1"><base href="https://evil.test/"><iframe src="https://evil.test/"></iframe>
       <object data="https://evil.test/"></object><img src="https://evil.test/x.png"><div style="color: red">x</div>`,
    );
    const script = document.body.appendChild(document.createElement('div'));
    script.innerHTML = '<svg><script>window.ran = 1</script></svg>';
    await fetch('https://evil.test/').catch(() => {});
    const form = Object.assign(document.createElement('form'), { action: 'https://evil.test/', method: 'post' });
    document.body.append(form);
    form.submit();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { violations: [...new Set(violations)].sort(), ran: 'ran' in window, base: document.baseURI };
  });
  expect(stopped.ran).toBe(false);
  expect(stopped.base).toBe(`${app.base}/`);
  expect(stopped.violations).toEqual([
    'base-uri',
    'connect-src',
    'form-action',
    'frame-src',
    'img-src',
    'object-src',
    'script-src-attr',
    'style-src-attr',
  ]);
  expect([...seen.origins].filter((origin) => origin !== app.base && !/evil/.test(origin))).toEqual([]);
});
