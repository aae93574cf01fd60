import { type OwnApp, startApp } from '../e2e/own-app';
import { person } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { providerEnv } from '../support/provider-env';
import { startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { startTwilioSimulator, type TwilioSimulator } from '../support/twilio-simulator';

// ZITADEL CVE-2023-49097 and three more: the link of the mail led where the request's Host said. Which hosts are refused
// at all: web-7-host.spec.ts; which origins: web-1-origin.spec.ts.

const cy = { email: 'cy@example.com', phone: '+12025550177', password: 'a first password' };
/** What a client can make up and still be answered. */
const forged = {
  'x-forwarded-host': 'evil.test',
  'x-forwarded-server': 'evil.test',
  'x-forwarded-port': '666',
  'x-forwarded-proto': 'https',
  'x-forwarded-for': '203.0.113.9',
  forwarded: 'host=evil.test;proto=https',
  'x-original-host': 'evil.test',
  'x-original-url': 'https://evil.test/',
  'x-host': 'evil.test',
  'x-http-host-override': 'evil.test',
  referer: 'https://evil.test/?canary-referer',
};
let app: OwnApp;
let mail: TestSmtpServer;
let phone: TwilioSimulator;
let forget: (() => void) | undefined;

test.beforeAll(async () => {
  [mail, phone] = await Promise.all([startSmtpServer(), startTwilioSimulator()]);
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

/** Drops what differs by chance: codes, ids, tokens, dates, boundaries, and where the lines were folded. */
const still = (bytes: string): string =>
  bytes
    .replace(/=\r?\n/g, '')
    .replace(/token=(3D)?[\w-]{43}/g, 'TOKEN')
    .replace(/^(Message-ID|Date|Received): .*$(\r?\n[ \t].*)*/gim, '')
    .replace(/--_NmP-[\w-]+/g, 'BOUNDARY')
    .replace(/boundary="[^"]+"/g, 'BOUNDARY')
    .replace(/\d{1,2} \w+ \d{4} at \d\d:\d\d UTC/g, 'WHEN')
    .replace(/\b\d{6,20}\b/g, 'CODE');

/** The messages of a whole reset: a code by mail, the same by SMS, and the notices of the new password. */
async function messagesOf(browser: PlainBrowser, password: string): Promise<{ mails: string[]; texts: string[] }> {
  const [mails, texts] = [mail.mails.length, phone.sent.length];
  const arrived = (many: number) =>
    expect.poll(() => [mail.mails.length - mails, phone.sent.length - texts]).toEqual([many, many]);
  await (await browser.form('/forgot-password', 'name="email"')).post([['email', cy.email]]);
  await (await browser.form('/forgot-password/method', 'name="channel"')).post([['channel', 'email']]);
  await (await browser.form('/forgot-password/verify', 'Use text message')).post([]);
  await arrived(1);
  const code = /\b\d{6,20}\b/.exec(mail.mails.at(-1)?.parsed.text ?? '')?.[0] ?? '';
  await (await browser.form('/forgot-password/verify', 'name="code"')).post([['code', code]]);
  const done = await (await browser.form('/forgot-password/new-password', 'name="password"')).post([
    ['password', password],
    ['confirmPassword', password],
  ]);
  expect(done.location).toBe('/forgot-password/done');
  await arrived(2);
  return {
    mails: mail.mails.slice(mails).map(({ raw }) => still(raw)),
    texts: phone.sent.slice(texts).map(({ Body }) => still(Body)),
  };
}

test('WEB-1, WEB-7: by a forged Host, or from a forged origin, nobody asks for a message', async () => {
  const messages = () => mail.mails.length + phone.requests.length;
  const before = messages();
  const browser = new PlainBrowser(app.base);
  const { hidden, post } = await browser.form('/forgot-password', 'name="email"');
  for (const headers of [
    { host: 'evil.test', origin: 'https://evil.test', ...forged },
    { host: 'evil.test', origin: app.base },
    { origin: 'https://evil.test', ...forged },
  ])
    expect([403, 421]).toContain((await post([['email', cy.email]], hidden, headers)).status);
  // None but the one that shows whether cookies are taken.
  expect([...browser.cookies.keys()].filter((name) => !name.endsWith('latchkey-cookies'))).toEqual([]);
  expect(messages()).toBe(before);
});

test('DEL-4: forged headers change no byte of a message, at any step of a reset', async () => {
  const plain = await messagesOf(new PlainBrowser(app.base), 'brass otter lantern');
  expect(plain.mails.join()).toContain(`${app.base}/not-me?TOKEN`);
  expect(plain.texts[0]).toMatch(/@localhost #CODE$/);
  expect(await messagesOf(new PlainBrowser(app.base, forged), 'velvet crane harbour')).toEqual(plain);
  expect(JSON.stringify([mail.mails, phone.sent])).not.toMatch(/evil/);
});
