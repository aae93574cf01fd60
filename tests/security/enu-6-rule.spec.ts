import { type OwnApp, startApp } from '../e2e/own-app';
import { person, query } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { asks, usesUp } from './alike';

// ENU-6: what an account is refused may not be seen; the rule stands there for everybody.

const bo = 'bo@latchkey.test';
const nobody = 'nobody@latchkey.test';
const verify = '/forgot-password/verify';
let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, bo, 'a first password');
});
test.afterAll(() => app?.stop());
test.beforeEach(() => query(app, 'DELETE FROM "Counter"'));

test('ENU-6: what an account is refused is told nobody: the rule is there for all', async () => {
  const bodies: string[] = [];
  for (const email of [bo, nobody])
    for (const past of [false, true]) {
      const browser = new PlainBrowser(app.base);
      await asks(browser, email, 'email');
      if (past) await usesUp(app, 'send-pair');
      const again = await (await browser.form(verify, 'Use text message instead')).post([]);
      expect(again.body).toContain('the code is on its way again by text message');
      // Half a minute on, when whoever waits in vain is given advice.
      await query(
        app,
        `UPDATE "Challenge" SET "emailRequestedAt" = now() - interval '31 s', "smsRequestedAt" = now() - interval '31 s'`,
      );
      bodies.push((await browser.get(verify)).body);
      for (const { body } of browser.heard) expect(body).not.toMatch(/too many|from your network|limit|blocked/i);
    }
  for (const body of bodies) expect(body).toContain('At most 5 codes an hour go to one address.');
});

test('ENU-6: the wait that is shown is the challenge’s own, not the account’s', async () => {
  const [first, second] = [new PlainBrowser(app.base), new PlainBrowser(app.base)];
  for (const email of [bo, nobody]) {
    await asks(first, email, 'email');
    await query(app, `UPDATE "Challenge" SET "emailRequestedAt" = "emailRequestedAt" - interval '20 s'`);
    await asks(second, email, 'email');
    const waits = [];
    for (const browser of [first, second]) {
      const { errors } = await (await browser.form(verify, 'Resend code')).post([]);
      waits.push(Number(/^Wait (\d+) more seconds?/.exec(errors.resend ?? '')?.[1]));
    }
    const [older = 0, younger = 0] = waits;
    expect(older).toBeLessThanOrEqual(10);
    expect(younger).toBeGreaterThan(10);
  }
});
