import { person } from './own-people';
import { type StatusApp, startStatusApp } from './status-app';
import { knownDevice, points, strangersPage } from './status-people';
import { asksBy, typesAddress } from './story';
import { expect, test } from './test';

// UX-3: the status without JavaScript, by "Check again".

const cy = { email: 'cy@example.com', phone: '+12025550177', password: 'brass otter lantern' };
let app: StatusApp;

test.beforeAll(async () => {
  app = await startStatusApp();
  await person(app, cy.email, cy.password, cy.phone);
});
test.afterAll(() => app?.stop());

test('a known device checks again and reads of the failover; no try is spent', async ({ browser }) => {
  const page = await knownDevice(browser, app.base, cy, false);
  app.phone.script(cy.phone, { status: 400, code: 21610, message: 'Attempt to send to unsubscribed recipient' });
  app.toPhone.hold();
  await typesAddress(page, cy.email);
  await asksBy(page, 'Text message');
  await expect.poll(() => app.phone.requests.length).toBe(1);
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(points(page)).toHaveText(['Queued', 'Sending', 'Delivered']);
  app.toPhone.release();
  await expect.poll(() => app.mail.mails.length).toBe(1);
  await expect(async () => {
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect(points(page)).toHaveText(['Text failed', /^Emailed \d+\.\d s$/, 'With your mail provider'], {
      timeout: 500,
    });
  }).toPass();
  await expect(page.getByText('Your phone could not be reached, so the same code went by email.')).toBeVisible();
  await expect(page.getByText('5 tries left')).toBeVisible();
  await expect(page).toHaveURL(/\/forgot-password\/verify\??$/);
});

test('a stranger checks again: the advice is there after half a minute, not before', { tag: '@slow' }, async ({
  browser,
}) => {
  test.setTimeout(60_000);
  const page = await strangersPage(browser, app.base, false);
  await typesAddress(page, cy.email);
  await asksBy(page, 'Email');
  await expect(page.getByText('Give the message a minute to arrive.')).toBeVisible();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText('Look in the spam folder too.')).toBeVisible();
  await page.waitForTimeout(31_000);
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(
    page.getByText(
      'Nothing yet? Look in the spam folder, send the code again, or use text message instead. At most 5 codes an hour go to one address.',
    ),
  ).toBeVisible();
  await expect(points(page)).toHaveCount(0);
  await expect(page.getByText('5 tries left')).toBeVisible();
});
