import { PlainBrowser } from '../support/plain-browser';
import { providerEnv } from '../support/provider-env';
import { smtpPassword, startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { startTwilioSimulator, type TwilioSimulator, twilioToken } from '../support/twilio-simulator';
import { type OwnApp, startApp } from './own-app';
import { person } from './own-people';
import { expect, test } from './test';

// The production build with real transports: SMTP over TLS with a sign-in, and the Twilio SDK.

const cy = { email: 'cy@example.com', phone: '+12025550177', password: 'canary-first-password' };
/** What a client can make up and still be answered. */
const forged = {
  'x-forwarded-host': 'evil.test',
  'x-forwarded-proto': 'https',
  'x-forwarded-for': '203.0.113.9',
  forwarded: 'host=evil.test;proto=https',
  'x-original-host': 'evil.test',
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

async function asks(browser: PlainBrowser, channel: 'email' | 'sms'): Promise<void> {
  await (await browser.form('/forgot-password', 'name="email"')).post([['email', cy.email]]);
  await (await browser.form('/forgot-password/method', 'name="channel"')).post([['channel', channel]]);
}

/** Drops what differs by chance: codes, ids, tokens, dates, boundaries, and where the lines were folded. */
const still = (bytes: string): string =>
  bytes
    .replace(/=\r?\n/g, '')
    .replace(/token=(3D)?[\w-]{43}/g, 'TOKEN')
    .replace(/^(Message-ID|Date|Received): .*$(\r?\n[ \t].*)*/gim, '')
    .replace(/--_NmP-[\w-]+/g, 'BOUNDARY')
    .replace(/boundary="[^"]+"/g, 'BOUNDARY')
    .replace(/\b\d{6,20}\b/g, 'CODE');

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
  expect(browser.cookies.size).toBe(0);
  expect(messages()).toBe(before);
});

test('DEL-4: forged Forwarded headers change no byte of a message', async () => {
  for (const browser of [new PlainBrowser(app.base), new PlainBrowser(app.base, forged)]) {
    const [mails, texts] = [mail.mails.length, phone.sent.length];
    await asks(browser, 'email');
    await expect.poll(() => mail.mails.length).toBe(mails + 1);
    await asks(browser, 'sms');
    await expect.poll(() => phone.sent.length).toBe(texts + 1);
  }
  const [plain, other] = mail.mails.slice(-2).map(({ raw }) => still(raw));
  expect(plain).toContain(`${app.base}/not-me?TOKEN`);
  expect(other).toBe(plain);
  const [text, otherText] = phone.sent.slice(-2).map(({ Body }) => still(Body));
  expect(text).toMatch(/@localhost #CODE$/);
  expect(otherText).toBe(text);
  expect(JSON.stringify([mail.mails, phone.sent])).not.toMatch(/evil/);
});

test('AUD-2: a whole reset leaves no secret in any log, whatever goes wrong on the way', async () => {
  const browser = new PlainBrowser(app.base, { 'user-agent': 'canary-agent' });
  const seen = mail.mails.length;
  await asks(browser, 'email');
  await expect.poll(() => mail.mails.length).toBe(seen + 1);
  const code = /\b\d{6,20}\b/.exec(mail.mails.at(-1)?.parsed.text ?? '')?.[0] ?? '';
  const wrong = code === '135790' ? '135791' : '135790';
  await (await browser.form('/forgot-password/verify', 'name="code"')).post([['code', wrong]]);
  await (await browser.form('/forgot-password/verify', 'name="code"')).post([['code', code]]);
  const password = await browser.form('/forgot-password/new-password', 'name="password"');
  const flow = browser.cookies.get('latchkey-flow') ?? '';
  const [short, chosen] = ['canary1', 'canary-second-password'];
  await password.post([
    ['password', short],
    ['confirmPassword', short],
  ]);
  const done = await password.post([
    ['password', chosen],
    ['confirmPassword', chosen],
  ]);
  expect(done.location).toBe('/forgot-password/done');
  // Both are told; Twilio refuses this one with an answer that quotes the message.
  phone.script(cy.phone, { status: 400, code: 21610, message: `canary-answer ${cy.phone} ${code}` });
  const signIn = await browser.form('/sign-in', 'name="password"');
  await signIn.post([
    ['email', cy.email],
    ['password', 'canary-wrong-password'],
  ]);
  const inside = await signIn.post([
    ['email', cy.email],
    ['password', chosen],
  ]);
  expect(inside.location).toBe('/account');
  const texts = phone.requests.length;
  await asks(browser, 'sms');
  await expect.poll(() => phone.requests.length).toBe(texts + 1);
  await expect.poll(() => app.log()).toContain('delivery failed');
  const session = browser.cookies.get('latchkey-session') ?? '';
  for (const kept of [flow, session]) expect(kept.length).toBeGreaterThan(50);
  const canaries = [code, wrong, 'canary', flow, session, cy.email, cy.phone, smtpPassword, twilioToken];
  expect(canaries.filter((secret) => app.log().includes(secret))).toEqual([]);
});
