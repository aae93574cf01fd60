import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { fakeClock, NO_FAKETIME } from '@/scripts/support/faketime';
import { person } from '../../e2e/own-people';
import { ana, asksBy, codeSentTo, setsPassword, signsIn, typesAddress, typesCode } from '../../e2e/story';
import { freePort } from '../../support/free-port';
import { launch, type OwnDatabase, ownDatabase, type Settings, secret } from '../../support/standalone';

// TIM-1: the app's own process lives by another clock than its database, at the start and later (libfaketime).

let database: OwnDatabase;
test.beforeAll(async () => {
  test.setTimeout(60_000);
  database = await ownDatabase();
  await person({ databaseUrl: database.url }, ana.email, 'a first password', ana.phone);
});
test.afterAll(() => database?.drop());

const settings = (): Settings => ({
  DATABASE_URL: database.url,
  LATCHKEY_DEMO: '1',
  LATCHKEY_KEYS: `e2e:${secret()}`,
  LATCHKEY_PEPPER: secret(),
});
function clock(seconds: number): Settings {
  const fake = fakeClock(seconds);
  if (!fake) throw new Error(NO_FAKETIME);
  return fake;
}

for (const [seconds, words] of [
  [300, '5 min behind'],
  [-300, '5 min ahead of'],
] as const)
  test(`TIM-1: with a clock that is ${seconds} s off the server refuses to start, with a sentence`, async () => {
    // It looks a few times, in case somebody is setting the clock just now.
    const server = launch(await freePort(), { ...settings(), DATABASE_WAIT_SECONDS: '3', ...clock(seconds) });
    try {
      expect(await server.ended).toBe(1);
      expect(server.log()).toContain(`the database's clock is ${words} this machine's; set both by NTP`);
    } finally {
      await server.end();
    }
  });

test('TIM-1: when the clocks drift apart while it runs, the log says so, people still get in, and the log says when they agree again', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-clock-'));
  const file = join(folder, 'offset');
  const set = (offset: string) => writeFileSync(file, `${offset}\n`);
  set('+0');
  // An offset in the environment would stand above the file's.
  const { FAKETIME: _fixed, ...fake } = clock(0);
  const server = launch(await freePort(), {
    ...settings(),
    ...fake,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
  });
  const context = await browser.newContext({ baseURL: server.base });
  const page = await context.newPage();
  const recovers = async (password: string) => {
    await typesAddress(page, ana.email);
    await typesCode(page, await codeSentTo(page, ana.email, () => asksBy(page, 'Email')));
    await setsPassword(page, password);
    await signsIn(page, ana.email, password);
    await expect(page).toHaveURL(/\/account/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
  };
  const told = (words: string) => server.log().split(words).length - 1;
  const DIFFER = 'the clocks of this machine and of the database differ';
  const AGREE = 'agree again';
  try {
    await server.ready();
    await recovers('brass otter lantern');
    set('+5m');
    await pause(2_000);
    await recovers('velvet harbor canyon');
    await expect.poll(() => told(DIFFER), { timeout: 70_000, intervals: [500] }).toBe(1);
    expect((await fetch(`${server.base}/api/ready`)).status).toBe(200);
    set('-5m');
    await pause(2_000);
    await recovers('copper meadow violin');
    set('+0');
    await expect.poll(() => told(AGREE), { timeout: 70_000, intervals: [500] }).toBe(1);
    await recovers('silver thicket piano');
    expect(server.log()).not.toMatch(/"level":50/);
  } finally {
    await context.close();
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  }
});
