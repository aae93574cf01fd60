import { request } from 'node:http';
import { join } from 'node:path';
import { freshDataDirectory } from './command';
import { freePort } from './free-port';
import { PlainBrowser } from './plain-browser';
import { launch, secret } from './standalone';

// Runs in a network of its own, in which this machine also has two public addresses, and says as JSON what the production
// build answers to a forwarded header from each (tests/security/rl-3-trusted-peers.spec.ts).

const [listed = '', stranger = ''] = process.argv.slice(2);
const site = 'reset.example.com';
const data = freshDataDirectory();
const port = await freePort();

const server = launch(
  port,
  {
    APP_URL: `https://${site}`,
    DATABASE_URL: '',
    LATCHKEY_DATA_DIR: data.path,
    LATCHKEY_DEMO: '1',
    LATCHKEY_KEYS: `e2e:${secret()}`,
    LATCHKEY_PEPPER: secret(),
    BIND_ADDRESS: '',
    TRUSTED_PEERS: `${listed}/32`,
  },
  [join('scripts', 'run.js'), 'start'],
);

const statusFrom = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const headers = { host: site, 'x-forwarded-proto': 'http', 'x-forwarded-for': '198.51.100.1' };
    request({ host, port, path: '/sign-in', headers }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });

/** Asks for so many codes from one address, each as if for somebody else. @returns how many were sent */
async function codesFrom(host: string, times: number): Promise<number> {
  let sent = 0;
  for (let n = 0; n < times; n += 1) {
    const headers = { host: site, 'x-forwarded-for': `192.0.2.${n + 1}` };
    const browser = new PlainBrowser(`http://${host}:${port}`, headers);
    const posts = async (path: string, field: string, value: string) => {
      const { hidden, post } = await browser.form(path, `name="${field}"`);
      return post([[field, value]], hidden, { ...headers, origin: `https://${site}` });
    };
    await posts('/forgot-password', 'email', `nobody-${host}-${n}@latchkey.test`);
    const { location } = await posts('/forgot-password/method', 'channel', 'email');
    if (location === '/forgot-password/verify') sent += 1;
  }
  return sent;
}

try {
  // An embedded database and its migrations come first.
  await server.ready().catch(() => server.ready().catch(() => server.ready()));
  const near = await statusFrom('127.0.0.1');
  const proxy = await statusFrom(listed);
  const told = () => /not in TRUSTED_PEERS/.test(server.log());
  const before = told();
  const abroad = await statusFrom(stranger);
  const codes = { proxy: await codesFrom(listed, 30), abroad: await codesFrom(stranger, 30) };
  console.log(JSON.stringify({ near, proxy, before, abroad, after: told(), codes }));
} finally {
  await server.end();
  data.remove();
}
