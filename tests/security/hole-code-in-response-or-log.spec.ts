import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { type OwnApp, startApp } from '../e2e/own-app';
import { person, query } from '../e2e/own-people';
import { asksBy, setsPassword, signsIn, typesAddress, typesCode } from '../e2e/story';
import { expect, test } from '../e2e/test';
import { ownAddress } from '../support/own-address';
import { providerEnv } from '../support/provider-env';
import { type SmtpMode, smtpPassword, startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { standsAlone } from '../support/stands-alone';
import { startTwilioSimulator, type TwilioSimulator, twilioToken } from '../support/twilio-simulator';

// Flowise CVE-2025-58434: the answer to "I forgot my password" carried the token. Here a browser's whole way, with all
// that the server answered it, and every row that it left. The logs: aud-2-canaries.spec.ts.

const cy = { email: 'cy@example.com', phone: '+12025550177', password: 'canary-first-password' };
const refuse: NonNullable<SmtpMode['refuse']> = {};
let app: OwnApp;
let mail: TestSmtpServer;
let phone: TwilioSimulator;
let forget: (() => void) | undefined;

test.beforeAll(async () => {
  [mail, phone] = await Promise.all([startSmtpServer({ refuse }), startTwilioSimulator()]);
  const providers = providerEnv(mail, phone.url);
  forget = providers.forget;
  app = await startApp({ env: providers.env });
  await person(app, cy.email, cy.password, cy.phone);
});
test.afterAll(async () => {
  await app?.stop();
  await Promise.all([mail?.close(), phone?.close()]);
  forget?.();
});

/** All that the server answers this page from now on: documents, the data of its scripts, headers, cookies. */
async function listens(page: Page): Promise<string[]> {
  const heard: string[] = [];
  await page.route('**', async (route, request) => {
    if (request.url().includes('/_next/static/')) return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    const headers = response.headersArray().map(({ name, value }) => `${name}: ${value}`);
    heard.push([`${request.method()} ${request.url()}`, ...headers, await response.text()].join('\n'));
    return route.fulfill({ response });
  });
  return heard;
}

/** What stands in a text openly: a code only where no other digit stands beside it, as in a time. */
const open = (text: string, secrets: readonly string[]): string[] =>
  secrets.filter((secret) => new RegExp(`(?<!\\d)${secret.replace(/[+.*]/g, '\\$&')}(?!\\d)`).test(text));

const hashes = (code: string): string[] =>
  ['md5', 'sha1', 'sha256'].flatMap((name) => {
    const digest = createHash(name).update(code).digest();
    return (['hex', 'base64', 'base64url'] as const).map((encoding) => digest.toString(encoding));
  });

/** Every row of every table. */
async function dump(): Promise<string> {
  const tables = await query<{ name: string }>(
    app,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  const rows = tables.map(({ name }) =>
    query<{ row: string }>(app, `SELECT '${name}' || t::text AS row FROM "${name}" t`),
  );
  return (await Promise.all(rows))
    .flat()
    .map(({ row }) => row)
    .join('\n');
}

test('no answer and no row carries a code, a password or a secret of ours, from the address to the account', async ({
  browser,
}) => {
  const context = await browser.newContext({
    baseURL: app.base,
    extraHTTPHeaders: { 'x-forwarded-for': ownAddress() },
  });
  const page = await context.newPage();
  const heard = await listens(page);
  await typesAddress(page, cy.email);
  await asksBy(page, 'Text message');
  await expect.poll(() => phone.sent.length).toBe(1);
  const code = /#(\d+)$/.exec(phone.sent[0]?.Body ?? '')?.[1] ?? '';
  expect(code).toMatch(/^\d{6}$/);
  // The mail server quotes the very message that it refuses, and so does Twilio later on.
  refuse.data = `554 5.7.1 canary-answer: "${code} is your Latchkey code" for ${cy.email} looks like spam`;
  await page.getByRole('button', { name: 'Use email instead' }).click();
  await expect.poll(() => app.log()).toContain('554 5.7.1');
  delete refuse.data;
  const wrong = code === '135790' ? '135791' : '135790';
  await typesCode(page, wrong);
  await expect(page.getByRole('alert').filter({ hasText: '4 tries left' })).toBeVisible();
  phone.script(cy.phone, { status: 400, code: 21610, message: `canary-answer: ${cy.phone}` });
  await typesCode(page, code);
  await expect(page).toHaveURL(/new-password/);
  const chosen = 'canary-second-password';
  await setsPassword(page, chosen);
  const before = heard.length;
  expect(open(heard.join('\n'), [cy.phone])).toEqual([]);
  expect(heard.join('\n')).not.toMatch(standsAlone(cy.phone.slice(-4)));
  await signsIn(page, cy.email, 'canary-wrong-password');
  await expect(page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible();
  await signsIn(page, cy.email, chosen);
  await expect(page).toHaveURL(/account/);
  expect(heard.length).toBeGreaterThan(before + 3);

  await expect.poll(() => mail.mails.length).toBe(1);
  const token = /token=([\w-]{43})/.exec(mail.mails[0]?.parsed.text ?? '')?.[1] ?? '';
  expect(token).not.toBe('');
  const ours = [smtpPassword, twilioToken, 'canary', token];
  for (const answer of heard) expect(open(answer, [code, wrong, ...ours, ...hashes(code)])).toEqual([]);

  await expect.poll(() => app.log()).toContain('21610');
  const rows = await dump();
  expect(rows).toContain(cy.email);
  expect(rows.match(/canary-answer/g)).toHaveLength(2);
  const cookies = (await context.cookies()).map(({ value }) => value).filter((value) => value.length > 20);
  expect(cookies.length).toBeGreaterThan(0);
  expect(open(rows, [code, wrong, ...hashes(code), smtpPassword, twilioToken, token, ...cookies])).toEqual([]);
  expect(rows).not.toMatch(/canary-(first|second|wrong)/);
  expect(open(app.log(), [code, wrong, ...ours])).toEqual([]);
  await context.close();
});
