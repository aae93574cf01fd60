import { expect, type Page } from '@playwright/test';
import { isAccessible } from './story';

const widths = [360, 768, 1280] as const;
const themes = ['dark', 'light'] as const;

/**
 * UX-3: a page of the admin area on a phone, a tablet and a desk, dark and light: axe finds nothing, and nothing is wider than
 * the screen. With ADMIN_SHOTS each is kept as a picture in that folder.
 * @param name of the pictures, such as "audit"
 */
export async function looksRight(page: Page, name: string): Promise<void> {
  for (const width of widths)
    for (const colorScheme of themes) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await isAccessible(page, true);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide, `${name} at ${width} px`).toBeLessThanOrEqual(0);
      const folder = process.env.ADMIN_SHOTS;
      if (folder) await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  await page.setViewportSize({ width: 1280, height: 900 });
}
