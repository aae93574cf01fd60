import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';

// A PostgreSQL server whose line can be cut. CI brings one; E2E_POSTGRES_URL names another.
const server = new URL(process.env.E2E_POSTGRES_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres');
const name = `latchkey_outage_${randomBytes(6).toString('hex')}`;
const port = 3199;
const proxyPort = 3198;
const base = `http://localhost:${port}`;

let app: ChildProcess;
let proxy: Server;
let cut = false;
const open = new Set<Socket>();

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: server.href });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function cutTheLine(): void {
  cut = true;
  for (const socket of open) socket.destroy();
}

test.beforeAll(async () => {
  await onServer(`CREATE DATABASE "${name}"`);
  proxy = createServer((client) => {
    if (cut) return void client.destroy();
    const upstream = connect(Number(server.port || 5432), server.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => open.delete(socket));
    }
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(proxyPort, '127.0.0.1', resolve));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const migrated = spawnSync('npm', ['run', 'db:migrate'], { env: { ...process.env, DATABASE_URL: url.href } });
  expect(migrated.status).toBe(0);
  url.hostname = '127.0.0.1';
  url.port = String(proxyPort);
  app = spawn(process.execPath, [join('.next', 'standalone', 'server.js')], {
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      APP_URL: base,
      DATABASE_URL: url.href,
      LATCHKEY_DEMO: '1',
      LATCHKEY_KEYS: `e2e:${randomBytes(32).toString('base64')}`,
      LATCHKEY_PEPPER: randomBytes(32).toString('base64'),
    },
  });
  await expect(async () => expect((await fetch(`${base}/api/ready`)).status).toBe(200)).toPass({ timeout: 20_000 });
});

test.afterAll(async () => {
  const ended = new Promise((resolve) => app.once('exit', resolve));
  app.kill();
  await ended;
  cutTheLine();
  proxy.close();
  await onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
});

test('the database goes away in the middle: one honest page, and the next try works once it is back', async ({
  page,
}) => {
  await page.goto(`${base}/forgot-password`);
  await page.getByLabel('Email address').fill('nobody@example.com');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/method/);
  cutTheLine();
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page.getByRole('heading', { name: 'Something is wrong on our side' })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(/Reference: \S+/)).toBeVisible();
  expect((await page.request.get(`${base}/api/health`)).status()).toBe(200);
  const ready = await page.request.get(`${base}/api/ready`);
  expect(ready.status()).toBe(503);
  expect(await ready.text()).not.toMatch(/postgres|ECONN|127\.0\.0\.1/);
  cut = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page).toHaveURL(/verify/);
  expect((await page.request.get(`${base}/api/ready`)).status()).toBe(200);
});
