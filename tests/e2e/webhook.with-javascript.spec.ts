import { type Line, lineToPostgres } from '../support/line-to-postgres';
import { PlainBrowser } from '../support/plain-browser';
import { providerEnv } from '../support/provider-env';
import { startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { signForm } from '../support/twilio-signature';
import {
  type Callback,
  messageSid,
  postCallback,
  startTwilioSimulator,
  type TwilioSimulator,
  twilioToken,
} from '../support/twilio-simulator';
import { type OwnApp, startApp } from './own-app';
import { fingerprint, person, query } from './own-people';
import { expect, test } from './test';

// The production build, with the simulator as Twilio: it sends messages there and gets its receipts from it.

let app: OwnApp;
let line: Line;
let mail: TestSmtpServer;
let phone: TwilioSimulator;
let forget: (() => void) | undefined;

test.beforeAll(async () => {
  [mail, phone, line] = await Promise.all([startSmtpServer(), startTwilioSimulator(), lineToPostgres()]);
  const providers = providerEnv(mail, phone.url);
  forget = providers.forget;
  app = await startApp({ databasePort: line.port, env: providers.env });
});
test.afterAll(async () => {
  await app?.stop();
  line?.close();
  await Promise.all([mail?.close(), phone?.close()]);
  forget?.();
});

let people = 0;

/** Somebody new asks for a code by SMS. @returns Twilio's name for the message, and what our row says of it */
async function sendsSms() {
  people += 1;
  const email = `person${people}@example.com`;
  await person(app, email, 'a first password', `+120255501${String(people).padStart(2, '0')}`);
  const sid = messageSid(phone.sent.length + 1);
  const browser = new PlainBrowser(app.base);
  await (await browser.form('/forgot-password', 'name="email"')).post([['email', email]]);
  await (await browser.form('/forgot-password/method', 'name="channel"')).post([['channel', 'sms']]);
  const row = async () => {
    const [found] = await query<{ status: string; errorCode: string | null }>(
      app,
      `SELECT status, "errorCode" FROM "Delivery" WHERE "providerMessageId" = '${sid}'`,
    );
    return found;
  };
  await expect.poll(row).toEqual({ status: 'sent', errorCode: null });
  return { sid, email, row };
}

/** Another form than the one that was prepared, its signature left or made anew. */
const changed = (callback: Callback, name: string, value: string): Callback => ({
  ...callback,
  form: callback.form.map(([key, kept]) => [key, key === name ? value : kept]),
});
const signed = (callback: Callback, url = callback.url): Callback => ({
  ...callback,
  signature: signForm(url, callback.form, twilioToken),
});

test('DEL-8: receipts are written once, whatever is replayed and in any order', async () => {
  const sms = await sendsSms();
  expect((await phone.callback(sms.sid, 'delivered')).status).toBe(204);
  expect(await sms.row()).toEqual({ status: 'delivered', errorCode: null });
  const before = await fingerprint(app);
  for (const late of ['delivered', 'sent', 'queued', 'undelivered'])
    expect((await phone.callback(sms.sid, late, late === 'undelivered' ? '30003' : undefined)).status).toBe(204);
  expect(await fingerprint(app)).toBe(before);
});

test('DEL-8: what Twilio did not sign for this address is refused, with nothing changed', async () => {
  const { sid } = await sendsSms();
  const honest = phone.prepare(sid, 'delivered');
  const other = honest.url.replace(/delivery=.*/, 'delivery=00000000-0000-4000-8000-000000000000');
  const evil = honest.url.replace(app.base, 'https://evil.test');
  const before = await fingerprint(app);
  const forgeries: Record<string, Callback> = {
    'a changed status': changed(honest, 'MessageStatus', 'undelivered'),
    'a field more': { ...honest, form: [...honest.form, ['ErrorCode', '30003']] },
    'another delivery': { ...honest, url: other },
    'no delivery': { ...honest, url: honest.url.replace(/\?.*/, '') },
    'a signature for another host': signed(honest, evil),
    'a signature by another token': { ...honest, signature: signForm(honest.url, honest.form, 'another') },
    'no signature': { ...honest, signature: '' },
  };
  for (const [what, forgery] of Object.entries(forgeries)) expect((await postCallback(forgery)).status, what).toBe(403);
  // The address comes from APP_URL: no header helps a forger, and none that a proxy adds harms Twilio.
  const forwarded = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' };
  expect((await postCallback(signed(honest, evil), { host: 'evil.test', ...forwarded })).ok).toBe(false);
  expect(await fingerprint(app)).toBe(before);
  expect((await postCallback(honest, forwarded)).status).toBe(204);
  expect(await fingerprint(app)).not.toBe(before);
  expect(app.log().match(/A receipt was not signed for us/g)).toHaveLength(1);
});

test('DEL-8: a signed receipt about nothing of ours is taken and changes nothing', async () => {
  const { sid } = await sendsSms();
  const honest = phone.prepare(sid, 'delivered');
  const before = await fingerprint(app);
  const strange: Callback[] = [
    signed(changed(honest, 'MessageSid', messageSid(999))),
    signed(changed(honest, 'MessageSid', 'no sid')),
    signed(changed(honest, 'MessageStatus', 'read')),
    signed({ ...honest, form: [] }),
    signed({ ...honest, url: honest.url.replace(/delivery=.*/, 'delivery=00000000-0000-4000-8000-000000000000') }),
    signed({ ...honest, url: honest.url.replace(/delivery=.*/, 'delivery=1') }),
  ];
  for (const callback of strange) expect((await postCallback(callback)).status, JSON.stringify(callback)).toBe(204);
  expect(await fingerprint(app)).toBe(before);
});

test('DEL-8: what is no form, or too long, is not read', async () => {
  const { sid } = await sendsSms();
  const honest = phone.prepare(sid, 'delivered');
  const before = await fingerprint(app);
  const long = signed({ ...honest, form: [...honest.form, ['Body', 'x'.repeat(20_000)]] });
  expect((await postCallback(long)).status).toBe(413);
  expect((await postCallback(honest, { 'content-type': 'application/json' })).status).toBe(415);
  expect((await fetch(honest.url)).status).toBe(405);
  expect(await fingerprint(app)).toBe(before);
});

test('DEL-7: a phone that cannot be reached has the same code by email a moment later, once', async () => {
  const { sid, email, row } = await sendsSms();
  const code = /#(\d+)$/.exec(phone.sent.at(-1)?.Body ?? '')?.[1] ?? 'none';
  const toEmail = () => mail.mails.map(({ parsed }) => parsed).filter(({ to }) => JSON.stringify(to).includes(email));
  for (let count = 0; count < 3; count += 1)
    expect((await phone.callback(sid, 'undelivered', '30003')).status).toBe(204);
  expect(await row()).toEqual({ status: 'failed', errorCode: '30003' });
  await expect.poll(() => toEmail().length).toBe(1);
  expect(toEmail()[0]?.text).toContain(code);
  const failovers = await query(app, `SELECT status FROM "Delivery" WHERE "failoverOf" IS NOT NULL`);
  expect(failovers).toHaveLength(1);
});

test('DEL-8: nothing is said to be taken while the database is away', async () => {
  const { sid, row } = await sendsSms();
  line.cut();
  expect((await phone.callback(sid, 'delivered')).status).toBe(503);
  // A forgery costs no query: it gets its answer all the same.
  expect((await postCallback(changed(phone.prepare(sid, 'sent'), 'MessageStatus', 'failed'))).status).toBe(403);
  line.mend();
  await expect.poll(async () => (await phone.callback(sid, 'delivered')).status).toBe(204);
  expect(await row()).toEqual({ status: 'delivered', errorCode: null });
});
