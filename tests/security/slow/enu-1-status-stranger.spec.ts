import { setTimeout as pause } from 'node:timers/promises';
import { person, query } from '../../e2e/own-people';
import { type StatusApp, startStatusApp } from '../../e2e/status-app';
import { expect, test } from '../../e2e/test';
import { PlainBrowser } from '../../support/plain-browser';

// ENU-1: whatever goes wrong on the way, what a stranger's browser is told is the same for a real address and for one
// that nobody has. Headers and all, second by second.

const path = '/api/forgot-password/status';
const cy = { email: 'cy@example.com', phone: '+12025550177', password: 'brass otter lantern' };
const bo = { email: 'bo@example.com', password: 'brass otter lantern' };
let app: StatusApp;

test.beforeAll(async () => {
  app = await startStatusApp();
  await person(app, cy.email, cy.password, cy.phone);
  await person(app, bo.email, bo.password);
});
test.afterAll(() => app?.stop());

async function asks(browser: PlainBrowser, email: string, channel: 'email' | 'sms'): Promise<void> {
  await (await browser.form('/forgot-password', 'name="email"')).post([['email', email]]);
  await (await browser.form('/forgot-password/method', 'name="channel"')).post([['channel', channel]]);
}

/** Somebody else, who has signed in on this browser: it has a device, of another account. */
async function signedIn(browser: PlainBrowser): Promise<PlainBrowser> {
  const { post } = await browser.form('/sign-in', 'name="password"');
  const answer = await post([
    ['email', bo.email],
    ['password', bo.password],
  ]);
  expect(answer.location).toBe('/account');
  return browser;
}

/** The answer's every byte but the date. */
async function told(browser: PlainBrowser): Promise<string> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${app.base}${path}`, { headers: { cookie } });
  const headers = [...answer.headers].filter(([name]) => name !== 'date').map((line) => line.join(': '));
  return [answer.status, ...headers, '', await answer.text()].join('\n');
}

const kinds = [
  ['a browser that knows nobody', async (browser: PlainBrowser) => browser, [200]],
  // Its one statement fails without a database, for everybody alike.
  ['a browser that knows somebody else', signedIn, [200, 503]],
] as const;

for (const [what, prepared, statuses] of kinds)
  test(`ENU-1: ${what} is told the same over the whole minute, while the provider refuses and PostgreSQL is away`, async () => {
    test.setTimeout(120_000);
    app.phone.script(cy.phone, { status: 400, code: 21610, message: 'Attempt to send to unsubscribed recipient' });
    const [real, decoy] = [await prepared(new PlainBrowser(app.base)), await prepared(new PlainBrowser(app.base))];
    const mails = app.mail.mails.length;
    await asks(real, cy.email, 'sms');
    const started = Date.now();
    await asks(decoy, 'nobody@example.com', 'sms');
    // Half-way between two seconds both are in the same part of the pace.
    expect(Date.now() - started).toBeLessThan(450);
    const seen = new Set<string>();
    for (let second = 0; second < 64; second += 1) {
      await pause(started + second * 1000 + 500 - Date.now());
      if (second === 20) app.toDatabase.cut();
      if (second === 40) app.toDatabase.mend();
      const [one, other] = await Promise.all([told(real), told(decoy)]);
      expect({ second, told: other }).toEqual({ second, told: one });
      seen.add(one);
    }
    // It was the whole way: the failover happened, the pace slowed down, and the outage was noticed where it shows.
    expect(app.mail.mails.length).toBe(mails + 1);
    const [failover] = await query<{ count: string }>(
      app,
      `SELECT count(*) FROM "Delivery" WHERE "failoverOf" IS NOT NULL AND status = 'sent'`,
    );
    expect(Number(failover?.count)).toBeGreaterThan(0);
    expect(new Set([...seen].map((answer) => Number(answer.slice(0, 3))))).toEqual(new Set(statuses));
    expect(
      [...seen].filter((answer) => answer.startsWith('200')).map((answer) => JSON.parse(answer.split('\n\n')[1] ?? '')),
    ).toEqual(
      [1_000, 2_000, 5_000].map((pollInMs) => ({
        health: { state: 'unknown', words: 'Give the message a minute to arrive.' },
        pollInMs,
      })),
    );
  });
