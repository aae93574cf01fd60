import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import type { PlainBrowser } from '@/tests/support/plain-browser';

/** Makes an admin and signs them in by both steps, the second by the code that lies in the local inbox. */
export async function signInAsAdmin(browser: PlainBrowser, client: Client, databaseUrl: string): Promise<void> {
  const email = `admin-${randomBytes(4).toString('hex')}@latchkey.test`;
  const password = randomBytes(16).toString('base64url');
  const create = ['user', 'create', '--email', email, '--name', 'Ada', '--role', 'admin', '--password-stdin'];
  const run = promisify(execFile)(process.execPath, [join('scripts', 'run.js'), ...create], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  run.child.stdin?.end(password);
  await run;
  await (await browser.form('/sign-in', 'name="password"')).post([
    ['email', email],
    ['password', password],
  ]);
  const step = await browser.form('/sign-in/second-step', 'name="code"');
  for (let look = 0; look < 100; look += 1) {
    const { rows } = await client.query<{ text: string }>('SELECT text FROM "InboxMessage" WHERE "to" = $1', [email]);
    const code = /\b\d{8}\b/.exec(rows[0]?.text ?? '')?.[0];
    if (code) {
      const { location } = await step.post([['code', code]]);
      if (location !== '/account') throw new Error(`the second step led to ${location}`);
      return;
    }
    await pause(100);
  }
  throw new Error('no code for the second step has arrived');
}
