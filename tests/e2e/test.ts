import { test as base, expect as baseExpect } from '@playwright/test';
import { Client } from 'pg';
import { openDatabase } from '@/scripts/support/embedded';
import { ownAddress } from '../support/own-address';

export const expect = baseExpect;

/** Every story comes from a network of its own, and finds nothing counted that another one did. */
export const test = base.extend<{ nothingCounted: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from its pattern.
  extraHTTPHeaders: async ({}, use) => use({ 'x-forwarded-for': ownAddress() }),
  nothingCounted: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      await forgetCounts();
      await use(undefined);
    },
    { auto: true },
  ],
});

/** In the database of the demonstration that playwright.config.ts starts. */
async function forgetCounts(): Promise<void> {
  const { url } = await openDatabase({ ...process.env, DATABASE_URL: '', LATCHKEY_DATA_DIR: process.env.E2E_DATA_DIR });
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('DELETE FROM "Counter"').finally(() => client.end());
}
