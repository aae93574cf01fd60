import { type OwnApp, startApp } from '../e2e/own-app';
import { expect, test } from '../e2e/test';
import { rawRequest } from '../support/raw-request';

// RL-3 in the production build. What the address is, on a socket: tests/unit/limits/client-address.test.ts.

const demo = { LATCHKEY_DEMO: '1' };

test('RL-3: a forwarded header at TRUSTED_PROXIES=0 is told to the operator once, and never repeated', async () => {
  const app: OwnApp = await startApp({ env: { ...demo, TRUSTED_PROXIES: '0' } });
  try {
    const ask = (headers: Record<string, string>) => rawRequest(app.base, { path: '/sign-in', headers });
    await ask({ 'x-latchkey-peer': 'canary-peer' });
    expect(app.log()).not.toContain('TRUSTED_PROXIES');
    for (const canary of ['canary-1', 'canary-2', '203.0.113.9'])
      expect((await ask({ 'x-forwarded-for': canary, forwarded: `for=${canary}` })).status).toBe(200);
    await expect.poll(() => app.log().match(/set TRUSTED_PROXIES to how many/g)?.length).toBe(1);
    expect(app.log()).not.toMatch(/canary|203\.0\.113/);
  } finally {
    await app.stop();
  }
});

test('RL-3: no answer shows the private header', async () => {
  const app: OwnApp = await startApp({ env: { ...demo, TRUSTED_PROXIES: '1' } });
  try {
    for (const path of [
      '/',
      '/sign-in',
      '/no-such-page',
      '/api/health',
      '/api/auth/csrf',
      '/api/x',
      '/account',
      '//x',
    ]) {
      const { headers, body } = await rawRequest(app.base, { path, headers: { 'x-forwarded-for': '203.0.113.9' } });
      expect(/peer|203\.0\.113/.test(JSON.stringify(headers) + body), path).toBe(false);
    }
    expect(app.log()).not.toContain('TRUSTED_PROXIES');
  } finally {
    await app.stop();
  }
});

test('RL-3: what has a proxy in front does not start without being told of it', async () => {
  const refused = /TRUSTED_PROXIES: 0, but VERCEL .+ set it to the number of proxies in front/;
  await expect(startApp({ env: { ...demo, TRUSTED_PROXIES: '0', VERCEL: '1' } })).rejects.toThrow(refused);
});

test('RL-3: https at TRUSTED_PROXIES=0 starts, and is told to the operator', async () => {
  const app = await startApp({ env: { ...demo, TRUSTED_PROXIES: '0', APP_URL: 'https://reset.example.com' } });
  try {
    expect(app.log()).toMatch(/TRUSTED_PROXIES is 0, but APP_URL is https/);
  } finally {
    await app.stop();
  }
});
