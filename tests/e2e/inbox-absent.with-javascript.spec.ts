import type { Page } from '@playwright/test';
import type { Settings } from '../support/standalone';
import { twilioAccount, twilioToken } from '../support/twilio-simulator';
import { arrive, mail } from './inbox-story';
import { type OwnApp, startApp } from './own-app';
import { expect, test } from './test';

// CFG-1: the inbox shows everyone's codes, so it must be gone as soon as one real provider is set.
// Nothing listens at port 9: these providers are never reached.
const providers: Record<string, Settings> = {
  'a mail server': {
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: '9',
    EMAIL_HOST_USER: 'a@b.test',
    EMAIL_HOST_PASSWORD: 'not a real one',
  },
  'a mail server without a login': { EMAIL_HOST: '127.0.0.1', EMAIL_PORT: '9', DEFAULT_FROM_EMAIL: 'a@b.test' },
  Twilio: {
    TWILIO_ACCOUNT_SID: twilioAccount,
    TWILIO_AUTH_TOKEN: twilioToken,
    TWILIO_PHONE_NUMBER: '+12025550100',
    TWILIO_API_BASE_URL: 'http://127.0.0.1:9',
  },
};

async function findsNoInbox(page: Page, base: string): Promise<void> {
  for (const path of [
    '/dev/inbox',
    '/dev/inbox?mail=x',
    '/dev/inbox/messages',
    '/dev/inbox/messages?to=ana@latchkey.test',
  ]) {
    const answer = await page.goto(`${base}${path}`);
    expect(answer?.status(), path).toBe(404);
    // Not by toMatch, which would print the page.
    expect(/local inbox|canary/i.exec(await page.content())?.[0], path).toBeUndefined();
  }
}

for (const [provider, env] of Object.entries(providers)) {
  test(`there is no inbox beside ${provider}`, async ({ page }) => {
    const app = await startApp({ env });
    try {
      await arrive(app, [mail('482917', { text: 'canary', html: 'canary' })]);
      await findsNoInbox(page, app.base);
      await page.goto(app.base);
      await expect(page.getByRole('complementary', { name: 'Demonstration' })).toHaveCount(0);
    } finally {
      await app.stop();
    }
  });

  test(`a demonstration beside ${provider} does not start`, async () => {
    await expect(startApp({ env: { ...env, LATCHKEY_DEMO: '1' } })).rejects.toThrow(/LATCHKEY_DEMO: refused/);
  });
}

test('production without a provider does not start, and so shows no inbox', async () => {
  await expect(startApp({ env: {} })).rejects.toThrow(/production does not show codes in an inbox/);
});

test('the same two addresses answer in a demonstration', async ({ page }) => {
  const app: OwnApp = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  try {
    expect((await page.goto(`${app.base}/dev/inbox`))?.status()).toBe(200);
    expect((await page.goto(`${app.base}/dev/inbox/messages`))?.status()).toBe(200);
  } finally {
    await app.stop();
  }
});
