import { type OwnApp, startApp } from '../e2e/own-app';
import { person, query, settled } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { providerEnv } from '../support/provider-env';
import { smtpPassword, startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { secret } from '../support/standalone';
import { startTwilioSimulator, type TwilioSimulator, twilioToken } from '../support/twilio-simulator';
import { asks } from './alike';

// AUD-2 and AUD-3: whoever reads all that the app writes while somebody resets a password by email and by SMS, whatever
// goes wrong on the way, finds no secret and nobody’s address. Each secret is a canary: it was told to the app, or by it.

const cy = { email: 'cy@example.com', phone: '+12025550177', password: 'canary-first-password' };
const network = '10.99.98.97';
const [key, pepper] = [secret(), secret()];
let app: OwnApp;
let mail: TestSmtpServer;
let phone: TwilioSimulator;
let forget: (() => void) | undefined;

test.beforeAll(async () => {
  [mail, phone] = await Promise.all([startSmtpServer(), startTwilioSimulator()]);
  const providers = providerEnv(mail, phone.url);
  forget = providers.forget;
  app = await startApp({ env: { ...providers.env, LATCHKEY_KEYS: `one:${key}`, LATCHKEY_PEPPER: pepper } });
  await person(app, cy.email, cy.password, cy.phone);
});
test.afterAll(async () => {
  await app?.stop();
  await Promise.all([mail?.close(), phone?.close()]);
  forget?.();
});

const codeIn = (text: string | undefined): string => /\b\d{6,20}\b/.exec(text ?? '')?.[0] ?? 'no code';
const verify = '/forgot-password/verify';

/** A whole reset with a wrong code and a refused password. @returns every secret that was part of it */
async function resets(browser: PlainBrowser, channel: 'email' | 'sms', chosen: string): Promise<string[]> {
  const arrived = () =>
    channel === 'email' ? mail.mails.map(({ parsed }) => parsed.text) : phone.sent.map(({ Body }) => Body);
  // The notices about the reset before are told first.
  await settled(app);
  const before = arrived().length;
  await asks(browser, cy.email, channel);
  await expect.poll(() => arrived().length).toBe(before + 1);
  const body = arrived().at(-1) ?? '';
  const code = codeIn(body);
  const wrong = code === '135790' ? '135791' : '135790';
  await (await browser.form(verify, 'name="code"')).post([['code', wrong]]);
  await (await browser.form(verify, 'name="code"')).post([['code', 'canary-no-code']]);
  await (await browser.form(verify, 'name="code"')).post([['code', code]]);
  const { post } = await browser.form('/forgot-password/new-password', 'name="password"');
  const proved = browser.cookies.get('latchkey-flow') ?? '';
  for (const password of ['canary1', chosen])
    await post([
      ['password', password],
      ['confirmPassword', password],
    ]);
  expect(browser.heard.at(-1)?.headers.location).toBe('/forgot-password/done');
  return [code, wrong, proved, body.slice(0, 60)];
}

test('AUD-2: a whole reset by each channel, sign-ins, a dispute: no secret in any log line, audit row or other table', async () => {
  const browser = new PlainBrowser(app.base, { 'x-forwarded-for': network, 'user-agent': 'canary-agent' });
  const secrets = await resets(browser, 'sms', 'canary-second-password');
  secrets.push(...(await resets(browser, 'email', 'canary-third-password')));
  const signIn = await browser.form('/sign-in', 'name="password"');
  for (const password of ['canary-wrong-password', 'canary-third-password'])
    await signIn.post([
      ['email', cy.email],
      ['password', password],
    ]);
  expect(browser.heard.at(-1)?.headers.location).toBe('/account');
  for (const name of ['latchkey-session', 'latchkey-device']) secrets.push(browser.cookies.get(name) ?? 'no cookie');

  // Twilio refuses with an answer that quotes the message; then the link of the mail about the change is used.
  phone.script(cy.phone, { status: 400, code: 21610, message: `No SMS to ${cy.phone}: {Body}` });
  await settled(app);
  const told = mail.mails.map(({ parsed }) => parsed.text ?? '').findLast((text) => /was changed/.test(text));
  const token = /token=([\w-]{43})/.exec(told ?? '')?.[1] ?? 'no token';
  const { post } = await browser.form(`/not-me?token=${token}`, 'This wasn’t me');
  expect((await post([])).location).toMatch(/^\/(forgot-password\/verify|not-me\?done)/);
  await expect.poll(() => app.log()).toContain('delivery failed');
  // It went on by email where that was allowed; either way the code of the refused SMS stands in the answer alone.
  await settled(app);
  const [refused] = await query<{ answer: string }>(app, `SELECT answer FROM "DeliveryAttempt" WHERE NOT accepted`);
  expect(refused?.answer).toMatch(/^No SMS to …: … is your Latchkey code .* #…$/);

  for (const kept of secrets) expect(kept.length).toBeGreaterThanOrEqual(6);
  secrets.push(token, 'canary', smtpPassword, twilioToken, key, pepper);
  expect(secrets.filter((one) => app.log().includes(one))).toEqual([]);
  // AUD-3: of people the log knows ids alone.
  for (const clear of [cy.email, 'cy@', cy.phone, cy.phone.slice(1), network]) expect(app.log()).not.toContain(clear);

  const tables = await query<{ name: string }>(
    app,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const rows = await query<{ row: string }>(app, `SELECT t::text AS row FROM "${name}" t`);
    const text = rows.map(({ row }) => row).join('\n');
    expect([name, secrets.filter((one) => text.includes(one))]).toEqual([name, []]);
    if (name !== 'User') expect([name, /cy@|2025550177|10\.99\.98\.97/.exec(text)?.[0]]).toEqual([name, undefined]);
  }
});
