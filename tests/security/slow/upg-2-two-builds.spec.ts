import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { person } from '../../e2e/own-people';
import { ana, asksBy, codeSentTo, setsPassword, signsIn, typesAddress, typesCode } from '../../e2e/story';
import { type AnotherBuild, buildAgain } from '../../support/another-build';
import { type Balancer, startBalancer } from '../../support/balancer';
import { freePort } from '../../support/free-port';
import { launch, type OwnDatabase, ownDatabase, type Standalone, secret } from '../../support/standalone';

// UPG-2: two servers, each with its own build of the same commit, behind a load balancer without sticky sessions.

let other: AnotherBuild;
let database: OwnDatabase;
let balancer: Balancer;
const servers: Standalone[] = [];

test.describe.configure({ mode: 'serial', timeout: 60_000 });
test.beforeAll(async () => {
  test.setTimeout(300_000);
  other = buildAgain();
  database = await ownDatabase();
  const ports = [await freePort(), await freePort()];
  balancer = await startBalancer(ports);
  const env = {
    DATABASE_URL: database.url,
    LATCHKEY_KEYS: `e2e:${secret()}`,
    LATCHKEY_PEPPER: secret(),
    LATCHKEY_DEMO: '1',
    APP_URL: `http://localhost:${balancer.port}`,
  };
  for (const [at, folder] of ['.', other.folder].entries())
    servers.push(launch(ports[at] ?? 0, env, [join(folder, '.next', 'standalone', 'server.js')]));
  await Promise.all(servers.map((server) => server.ready()));
  await person({ databaseUrl: database.url }, ana.email, 'a first password', ana.phone);
});
test.afterAll(async () => {
  balancer?.close();
  await Promise.all(servers.map((server) => server.end()));
  await database?.drop();
  other?.remove();
});

/** As the servers know them: Next's own list of what a form may call. */
const actionIds = (folder: string): string[] =>
  Object.keys(
    JSON.parse(readFileSync(join(folder, '.next/server/server-reference-manifest.json'), 'utf8')).node,
  ).sort();
const buildId = (folder: string): string => readFileSync(join(folder, '.next/BUILD_ID'), 'utf8');

test('UPG-2: two builds of one commit have the same action ids and the same build id', () => {
  expect(actionIds('.').length).toBeGreaterThan(20);
  expect(actionIds(other.folder)).toEqual(actionIds('.'));
  expect(buildId(other.folder)).toBe(buildId('.'));
});

for (const javaScriptEnabled of [true, false])
  test(`UPG-2: a whole reset works when each request reaches the other of two builds, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ baseURL: `http://localhost:${balancer.port}`, javaScriptEnabled });
    const page: Page = await context.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('response', (answer) => {
      if (answer.status() >= 400) wrong.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`);
    });
    const before = [...balancer.sent];
    const password = `brass otter ${javaScriptEnabled}`;
    await typesAddress(page, ana.email);
    const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
    await typesCode(page, code);
    await setsPassword(page, password);
    await signsIn(page, ana.email, password);
    await expect(page).toHaveURL(/\/account/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    // Each of them served a good part of it, and neither met a form, a file or an action that it did not know.
    for (const at of [0, 1]) expect((balancer.sent[at] ?? 0) - (before[at] ?? 0)).toBeGreaterThan(5);
    expect(wrong).toEqual([]);
    await context.close();
  });
