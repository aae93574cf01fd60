import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const port = Number(process.env.E2E_PORT ?? 3100);
// The workers, which read this file anew, find the demonstration's database by it.
process.env.E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), 'latchkey-e2e-'));

const secret = (): string => randomBytes(32).toString('base64');

const firstTier = [
  {
    name: 'with JavaScript',
    use: { viewport: { width: 1280, height: 800 } },
    testIgnore: /without-javascript|\/slow\//,
  },
  {
    name: 'without JavaScript',
    use: { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
    // tests/security speaks HTTP, or brings its own browser.
    testIgnore: /\.with-javascript|\/security\//,
  },
];

/** The production build as a demonstration: embedded database, local inbox, fresh secrets, a fresh folder. */
export default defineConfig({
  testDir: 'tests',
  testMatch: /\/(e2e|security)\/.*\.spec\.ts$/,
  // One story at a time: they share the two demo people.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 30_000,
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    trace: 'off',
    actionTimeout: 8_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  // `npm run screenshots` walks the flow for docs/screenshots instead of testing it. `npm run test:security` runs the
  // second tier: tests/security/slow, and what is tagged @slow because it waits as long as people do.
  projects: process.env.SCREENSHOTS
    ? [{ name: 'screenshots', testMatch: /e2e\/screenshots\.ts$/ }]
    : process.env.SECURITY
      ? [
          { name: 'slow', testMatch: /security\/slow\/.*\.spec\.ts$/ },
          ...firstTier.map((project) => ({ ...project, grep: /@slow/ })),
        ]
      : firstTier.map((project) => ({ ...project, grepInvert: /@slow/ })),
  webServer: {
    command: 'npm start',
    url: `http://localhost:${port}/api/ready`,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: {
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      LATCHKEY_DEMO: '1',
      LATCHKEY_KEYS: `e2e:${secret()}`,
      LATCHKEY_PEPPER: secret(),
      LATCHKEY_DATA_DIR: process.env.E2E_DATA_DIR,
      // Each story names its own network by X-Forwarded-For.
      TRUSTED_PROXIES: '1',
      // Set to nothing, so that a developer's own .env does not reach in.
      DATABASE_URL: '',
      EMAIL_HOST_USER: '',
      DEFAULT_FROM_EMAIL: '',
      TWILIO_ACCOUNT_SID: '',
      ALERT_WEBHOOK_URL: '',
    },
  },
});
