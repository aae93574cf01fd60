import type { Locator, Page } from '@playwright/test';
import { ana, asksBy, codeSentTo, typesAddress, typesCode } from './story';
import { expect, test } from './test';

// UX-2: the code of an arriving SMS is filled in where the browser offers it, and never sent by itself.

declare global {
  interface Window {
    /** `waiting` holds the requests that nothing has answered or aborted yet. */
    phone: { asked: number; waiting: Set<(code: string) => void> };
  }
}

/** A browser that hands over SMS as Chrome on a phone does: one for each request, until its signal aborts it. */
async function handsOverSms(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const phone: Window['phone'] = { asked: 0, waiting: new Set() };
    Object.assign(window, { phone, OTPCredential: class {} });
    navigator.credentials.get = (options) => {
      const { otp, signal } = options as { otp?: { transport: string[] }; signal?: AbortSignal };
      if (otp?.transport.join() !== 'sms') throw new TypeError('This browser knows SMS alone.');
      phone.asked++;
      return new Promise((resolve, reject) => {
        const arrives = (code: string) => resolve({ code, id: '', type: 'otp' } as Credential);
        phone.waiting.add(arrives);
        signal?.addEventListener('abort', () => {
          if (phone.waiting.delete(arrives)) reject(signal.reason);
        });
      });
    };
  });
}

const waiting = (page: Page): Promise<number> => page.evaluate(() => window.phone.waiting.size);

/** The SMS reaches the browser: it answers whoever waits, once. */
const arrives = (page: Page, code: string): Promise<void> =>
  page.evaluate((sent) => {
    for (const answer of window.phone.waiting) answer(sent);
    window.phone.waiting.clear();
  }, code);

const field = (page: Page): Locator => page.getByLabel('Code from the message');

async function waitsForSms(page: Page): Promise<string> {
  await handsOverSms(page);
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.phone, () => asksBy(page, 'Text message'));
  await expect.poll(() => waiting(page)).toBe(1);
  return code;
}

/** What the page sends from now on, questions for its state aside. */
function posts(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && seen.push(request.url()));
  return seen;
}

test('UX-2: the code of an SMS fills the field and waits there for the person', async ({ page }) => {
  const code = await waitsForSms(page);
  const sent = posts(page);
  await arrives(page, code);
  await expect(field(page)).toHaveValue(code);
  // Nothing may happen: there is no event to wait for.
  await page.waitForTimeout(700);
  expect(sent).toEqual([]);
  await expect(page).toHaveURL(/\/verify$/);
  await page.getByRole('button', { name: 'Verify code' }).click();
  await expect(page).toHaveURL(/new-password/);
});

test('UX-2: what the person is typing stays', async ({ page }) => {
  const code = await waitsForSms(page);
  await field(page).fill('12');
  await arrives(page, code);
  await page.waitForTimeout(300);
  await expect(field(page)).toHaveValue('12');
});

test('sending a code ends the waiting; a wrong one begins it anew', async ({ page }) => {
  const code = await waitsForSms(page);
  let answer = (): void => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/verify', async (route) => {
    if (route.request().method() === 'POST') await held;
    await route.continue();
  });
  await typesCode(page, code === '000000' ? '000001' : '000000');
  await expect.poll(() => waiting(page)).toBe(0);
  answer();
  await expect(page.getByText('You have 4 tries left.')).toBeVisible();
  await expect.poll(() => waiting(page)).toBe(1);
  await arrives(page, code);
  await expect(field(page)).toHaveValue(code);
});

test('after one SMS the next one, sent by the button, is taken too', async ({ page }) => {
  const code = await waitsForSms(page);
  await arrives(page, '000000');
  await expect(field(page)).toHaveValue('000000');
  await page.getByRole('button', { name: 'Use email instead' }).click();
  await expect.poll(() => waiting(page)).toBe(1);
  await field(page).fill('');
  await arrives(page, code);
  await expect(field(page)).toHaveValue(code);
});

test('leaving the page ends the waiting', async ({ page }) => {
  await waitsForSms(page);
  await page.getByRole('link', { name: 'Use another address' }).click();
  await expect(page).toHaveURL(/\/forgot-password$/);
  // The same document still, or the count would be a new one.
  expect(await page.evaluate(() => window.phone.asked)).toBeGreaterThan(0);
  await expect.poll(() => waiting(page)).toBe(0);
});

const browsers: Record<string, () => void> = {
  'knows no WebOTP': () => {
    Reflect.deleteProperty(window, 'OTPCredential');
    navigator.credentials.get = () => {
      console.error('It was asked all the same.');
      return Promise.resolve(null);
    };
  },
  'has no credentials at all': () => {
    Object.defineProperty(Navigator.prototype, 'credentials', { value: undefined });
    Reflect.deleteProperty(Navigator.prototype, 'credentials');
  },
  'refuses to hand over SMS': () => {
    Object.assign(window, { OTPCredential: class {} });
    navigator.credentials.get = () => Promise.reject(new DOMException('not here', 'NotAllowedError'));
  },
};

for (const [what, script] of Object.entries(browsers))
  test(`UX-2: a browser that ${what}: the person types, and nothing else differs`, async ({ page }) => {
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    await page.addInitScript(script);
    await typesAddress(page, ana.email);
    const code = await codeSentTo(page, ana.phone, () => asksBy(page, 'Text message'));
    await expect(field(page)).toHaveValue('');
    await typesCode(page, code);
    await expect(page).toHaveURL(/new-password/);
    expect(wrong).toEqual([]);
  });
