import { type OwnApp, startApp } from '../e2e/own-app';
import { person, query } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import { type Line, openLine } from '../support/line';
import { type Answer, PlainBrowser } from '../support/plain-browser';
import { providerEnv } from '../support/provider-env';
import { type SmtpMode, startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { documentAndData, masked } from './faces';

// Django CVE-2024-45231: the mail server's trouble came to the page, and only people with an account caused it.

const known = 'known@example.com';
const nobody = 'never@example.com';
const refuse: NonNullable<SmtpMode['refuse']> = {};
let app: OwnApp;
let mail: TestSmtpServer;
let line: Line;
let forget: (() => void) | undefined;

test.beforeAll(async () => {
  mail = await startSmtpServer({ refuse });
  line = await openLine({ host: '127.0.0.1', port: mail.port });
  const provider = providerEnv({ port: line.port, ca: mail.ca });
  forget = provider.forget;
  app = await startApp({ env: provider.env });
  await person(app, known, 'a first password');
});
test.afterAll(async () => {
  line?.release();
  await app?.stop();
  line?.close();
  await mail?.close();
  forget?.();
});

/** An answer as anybody sees it, without what differs by flow or by moment. */
function face(step: string, { status, headers, body }: Answer, email: string): string {
  const chance = ['date', 'etag', 'content-length', 'keep-alive'];
  const seen = Object.entries(headers)
    .filter(([name]) => !chance.includes(name))
    .map(([name, value]) => `${name}: ${String(value).replace(/'nonce-[^']+'|nonce="[^"]+"/g, 'NONCE')}`)
    .map((header) => header.replace(/=Fe26[^;]+/g, '=SEAL').replace(/expires=[^;]+/gi, 'TIME'))
    .sort();
  return [step, status, ...seen, masked(documentAndData(body), email)].join('\n');
}

/** What a browser sees from the address to a wrong code and a code sent again. */
async function walk(email: string): Promise<string[]> {
  const browser = new PlainBrowser(app.base);
  const seen: string[] = [];
  const note = (step: string, answer: Answer) => seen.push(face(step, answer, email));
  note('asks', await (await browser.form('/forgot-password', 'name="email"')).post([['email', email]]));
  note('looks', await browser.get('/forgot-password/verify'));
  note('status', await browser.get('/api/forgot-password/status'));
  note('guesses', await (await browser.form('/forgot-password/verify', 'name="code"')).post([['code', '000000']]));
  note('asks again', await (await browser.form('/forgot-password/verify', 'Resend code')).post([]));
  note('status again', await browser.get('/api/forgot-password/status'));
  return seen;
}

/** How the newest try at the provider stands. A decoy never tries, and is written down as accepted. */
const lastTry = async (): Promise<string | undefined> => {
  const [row] = await query<{ said: string }>(
    app,
    `SELECT CASE WHEN a."endedAt" IS NULL THEN 'in hand' WHEN accepted THEN 'accepted' ELSE a."errorCode" END AS said
     FROM "DeliveryAttempt" a JOIN "Delivery" d ON d.id = a."deliveryId"
     WHERE d."userId" IS NOT NULL ORDER BY a."startedAt" DESC LIMIT 1`,
  );
  return row?.said;
};

/** Nothing of an earlier trouble is in the way of the next one: no circuit is open, and nothing waits for its retry. */
async function mended(): Promise<void> {
  for (const key of Object.keys(refuse) as (keyof typeof refuse)[]) delete refuse[key];
  line.release();
  // Connections that are open would go on by what was agreed on them.
  line.cut();
  line.mend();
  await query(app, `UPDATE "Delivery" SET status = 'abandoned' WHERE status IN ('queued', 'sending')`);
  await query(app, 'DELETE FROM "DeliveryAttempt"');
  await query(app, 'UPDATE "Transport" SET failures = 0, openings = 0, "openUntil" = NULL');
}

const troubles: readonly (readonly [what: string, begin: () => void, becomes: string])[] = [
  ['refuses the recipient', () => Object.assign(refuse, { rcpt: '550 5.1.1 No such user' }), '550 5.1.1'],
  ['refuses the message', () => Object.assign(refuse, { data: '554 5.7.1 Spam' }), '554 5.7.1'],
  ['refuses us', () => Object.assign(refuse, { auth: '535 5.7.8 Not accepted' }), '535 5.7.8'],
  ['is busy', () => Object.assign(refuse, { mail: '421 4.7.0 Try again later' }), '421 4.7.0'],
  ['hangs up', () => line.cut(), 'ECONNECTION'],
  ['says nothing', () => line.hold(), 'in hand'],
  ['is gone', () => line.close(), 'ECONNREFUSED'],
];

test('the mail server does this or that, and known and unknown see the same, as on a good day', async () => {
  test.setTimeout(60_000);
  const good = await walk(known);
  await expect.poll(lastTry).toBe('accepted');
  expect(await walk(nobody)).toEqual(good);
  for (const [what, begin, becomes] of troubles) {
    await mended();
    begin();
    const seen = { what, known: await walk(known), nobody: await walk(nobody) };
    // A step of SMTP may take ten seconds (DEL-1).
    await expect.poll(lastTry, { message: what, timeout: 12_000 }).toBe(becomes);
    expect(seen).toEqual({ what, known: good, nobody: good });
  }
});
