import { arrive, emptyInbox, fitsAcross, history, mail, sms } from './inbox-story';
import { type OwnApp, startApp } from './own-app';
import { isAccessible } from './story';
import { expect, test } from './test';

let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
});
test.afterAll(() => app?.stop());
test.beforeEach(() => emptyInbox(app));

const inboxes = {
  'an empty inbox': [],
  'one message each': [mail('482917'), sms('482917')],
  'several people': [
    mail('482917'),
    mail('482918', { to: `${'a'.repeat(64)}@latchkey.test` }),
    sms('1'.repeat(20)),
  ].concat(Array.from({ length: 12 }, (_, n) => sms('482917', { to: `+120255501${n + 10}` }))),
  'a long history': history(60),
};

for (const colorScheme of ['dark', 'light'] as const)
  for (const width of [360, 1280])
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: width === 360 ? 740 : 800 } });
      for (const [name, messages] of Object.entries(inboxes))
        test(`${name} is accessible and fits`, async ({ page }) => {
          await arrive(app, messages);
          await page.goto(`${app.base}/dev/inbox`);
          await isAccessible(page, true);
          await fitsAcross(page);
          // However much arrives, the page is about one window high, or two where the columns stand above each other.
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          expect(height).toBeLessThan(width === 360 ? 1_600 : 900);
        });

      test('without scripts it is accessible too', async ({ page }) => {
        await page.route('**/*.js', (route) => route.abort());
        await arrive(app, history(12));
        await page.goto(`${app.base}/dev/inbox`);
        await isAccessible(page, true);
        await fitsAcross(page);
      });
    });

test('between the two, the list stands above the mail and all of it can be reached', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await arrive(app, history(60));
  await page.goto(`${app.base}/dev/inbox`);
  await isAccessible(page, true);
  await fitsAcross(page);
  await page.getByText('Plain text').click();
  // By the wheel: scrollIntoView moves even what a person cannot.
  await page.getByText('Plain text').hover();
  await page.mouse.wheel(0, 2_000);
  await page.mouse.wheel(0, 2_000);
  // Not 1: scrolling ends at whole pixels.
  await expect(page.locator('pre')).toBeInViewport({ ratio: 0.98 });
});
