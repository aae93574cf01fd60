import { type Line, lineToPostgres } from '../support/line-to-postgres';
import { type OwnApp, startApp } from './own-app';
import { expect, test } from './test';

let app: OwnApp;
let line: Line;

test.beforeAll(async () => {
  line = await lineToPostgres();
  app = await startApp({ env: { LATCHKEY_DEMO: '1' }, databasePort: line.port });
});

test.afterAll(async () => {
  await app?.stop();
  line?.close();
});

test('the database goes away in the middle: one honest page, and the next try works once it is back', async ({
  page,
}) => {
  await page.goto(`${app.base}/forgot-password`);
  await page.getByLabel('Email address').fill('nobody@example.com');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/method/);
  line.cut();
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page.getByRole('heading', { name: 'Something is wrong on our side' })).toBeVisible({ timeout: 15_000 });
  const reference = (await page.getByText(/Reference: \S+/).textContent())?.replace('Reference: ', '');
  expect(reference).toMatch(/^\d+$/);
  // The one who is told the number finds the cause by it.
  expect(app.log()).toMatch(new RegExp(`digest: '${reference}'`));
  expect((await page.request.get(`${app.base}/api/health`)).status()).toBe(200);
  const ready = await page.request.get(`${app.base}/api/ready`);
  expect(ready.status()).toBe(503);
  expect(await ready.text()).not.toMatch(/postgres|ECONN|127\.0\.0\.1/);
  line.mend();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page).toHaveURL(/verify/);
  // An answer is good for a second.
  await expect.poll(async () => (await page.request.get(`${app.base}/api/ready`)).status()).toBe(200);
});
