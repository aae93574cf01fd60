import { randomInt, randomUUID } from 'node:crypto';
import { type OwnApp, startApp } from '../e2e/own-app';
import { query } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import { asksForCode, CODES_AN_HOUR, tooMany, usesTheHour } from './asks-for-code';

// allauth 65.14.2: whoever wrote an X-Forwarded-For of their own was another client. Without a proxy in front
// (TRUSTED_PROXIES=0, the default) the socket's address counts, and no header moves it.

let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1', TRUSTED_PROXIES: '0' } });
});
test.afterAll(() => app?.stop());

const anywhere = () => [1, 2, 3, 4].map(() => randomInt(1, 255)).join('.');
const names = ['x-forwarded-for', 'x-real-ip', 'x-client-ip', 'cf-connecting-ip', 'true-client-ip', 'x-latchkey-peer'];
const made = (n: number): Record<string, string> => ({
  ...Object.fromEntries(names.map((name) => [name, anywhere()])),
  'x-forwarded-for': n % 2 ? anywhere() : `${anywhere()}, ${anywhere()}, 2001:db8::${n}`,
  forwarded: `for=${anywhere()}`,
  'x-latchkey-peer': n % 2 ? anywhere() : `${randomUUID()} ${anywhere()}`,
});

test('RL-3: a made-up address in every request, and all of them are one client', async () => {
  expect(await usesTheHour(app.base, made)).toEqual(Array(CODES_AN_HOUR).fill('sent'));
  for (let n = 0; n < 4; n += 1) expect(await asksForCode(app.base, 'nobody@latchkey.test', made(n))).toMatch(tooMany);
  // Without any header the PlainBrowser's own address would stand there; it is no more than the others.
  expect(await asksForCode(app.base, 'nobody@latchkey.test', {})).toMatch(tooMany);
  const clients = await query(app, `SELECT key FROM "Counter" WHERE key LIKE 'send-address:%'`);
  expect(clients).toHaveLength(1);
  const sources = await query(app, 'SELECT DISTINCT source FROM "AuditEvent" WHERE source IS NOT NULL');
  expect(sources).toHaveLength(1);
});
