import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { type OwnApp, postgres, startApp } from './own-app';

// An app whose line to PostgreSQL can be cut.
let app: OwnApp;
let proxy: Server;
let cut = false;
const open = new Set<Socket>();

function cutTheLine(): void {
  cut = true;
  for (const socket of open) socket.destroy();
}

test.beforeAll(async () => {
  proxy = createServer((client) => {
    if (cut) return void client.destroy();
    const upstream = connect(Number(postgres.port || 5432), postgres.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => open.delete(socket));
    }
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  app = await startApp({ env: { LATCHKEY_DEMO: '1' }, databasePort: port });
});

test.afterAll(async () => {
  await app?.stop();
  cutTheLine();
  proxy.close();
});

test('the database goes away in the middle: one honest page, and the next try works once it is back', async ({
  page,
}) => {
  await page.goto(`${app.base}/forgot-password`);
  await page.getByLabel('Email address').fill('nobody@example.com');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/method/);
  cutTheLine();
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
  cut = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page).toHaveURL(/verify/);
  expect((await page.request.get(`${app.base}/api/ready`)).status()).toBe(200);
});
