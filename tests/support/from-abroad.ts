import { request } from 'node:http';
import { join } from 'node:path';
import { freshDataDirectory } from './command';
import { freePort } from './free-port';
import { launch, secret } from './standalone';

// Runs in a network of its own, in which this machine also has two public addresses, and says as JSON what the production
// build answers to a forwarded header from each (tests/security/rl-3-trusted-peers.spec.ts).

const [listed = '', stranger = ''] = process.argv.slice(2);
const data = freshDataDirectory();
const port = await freePort();

const server = launch(
  port,
  {
    APP_URL: 'https://reset.example.com',
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
    const headers = { host: 'reset.example.com', 'x-forwarded-proto': 'http', 'x-forwarded-for': '198.51.100.1' };
    request({ host, port, path: '/sign-in', headers }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });

try {
  // An embedded database and its migrations come first.
  await server.ready().catch(() => server.ready().catch(() => server.ready()));
  const near = await statusFrom('127.0.0.1');
  const proxy = await statusFrom(listed);
  const told = () => /not in TRUSTED_PEERS/.test(server.log());
  const before = told();
  console.log(JSON.stringify({ near, proxy, before, abroad: await statusFrom(stranger), after: told() }));
} finally {
  await server.end();
  data.remove();
}
