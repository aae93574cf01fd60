import { join } from 'node:path';
import { freePort } from '../support/free-port';
import { type Line, lineToPostgres } from '../support/line-to-postgres';
import { hasPgBouncer, startPgBouncer } from '../support/pgbouncer';
import {
  launch,
  type OwnDatabase,
  onServer,
  ownDatabase,
  postgres,
  type Settings,
  secret,
} from '../support/standalone';
import { expect, test } from './test';

// What a server does whose database is not there when it starts: both ways of starting it.

const WAYS: Readonly<Record<string, string[]>> = {
  'npm start': [join('scripts', 'run.js'), 'start'],
  'the standalone server': [join('.next', 'standalone', 'server.js')],
};
const settings = (DATABASE_URL: string): Settings => ({
  DATABASE_URL,
  LATCHKEY_DEMO: '1',
  LATCHKEY_KEYS: `e2e:${secret()}`,
  LATCHKEY_PEPPER: secret(),
});

let database: OwnDatabase;
let line: Line;
test.beforeAll(async () => {
  // Its migrations, on a machine that does other things too.
  test.setTimeout(60_000);
  database = await ownDatabase();
});
test.afterAll(() => database.drop());
test.beforeEach(async () => {
  line = await lineToPostgres();
});
test.afterEach(() => line.close());

const statusOf = async (url: string): Promise<number | null> =>
  fetch(url, { redirect: 'manual' }).then(
    ({ status }) => status,
    () => null,
  );

for (const [way, args] of Object.entries(WAYS)) {
  test(`OBS-3: ${way} waits for a database that is not there yet, says so, and then serves`, async () => {
    line.cut();
    const server = launch(await freePort(), settings(database.by(line.port)), args);
    try {
      await expect.poll(() => statusOf(`${server.base}/api/ready`), { timeout: 15_000 }).toBe(503);
      await expect.poll(() => server.log()).toMatch(/database does not serve: .+Trying again for 60 s/);
      expect(await (await fetch(`${server.base}/api/ready`)).json()).toMatchObject({ database: 'unreachable' });
      expect(await statusOf(`${server.base}/api/health`)).toBe(200);
      for (const path of ['/sign-in', '/dev/inbox/messages', '/api/auth/csrf']) {
        const answer = await fetch(server.base + path);
        expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '5']);
      }
      line.mend();
      await server.ready();
      expect(await statusOf(`${server.base}/sign-in`)).toBe(200);
      expect(await statusOf(`${server.base}/dev/inbox/messages`)).toBe(200);
    } finally {
      await server.end();
    }
  });

  test(`OBS-3: ${way} ends with 1 where the database does not come in time`, async () => {
    line.cut();
    const env = { ...settings(database.by(line.port)), DATABASE_WAIT_SECONDS: '2' };
    const server = launch(await freePort(), env, args);
    expect(await server.ended).toBe(1);
    expect(server.log()).toMatch(/did not serve within 2 s: it breaks the connection off/);
    expect(server.log()).not.toMatch(/ at .+\.js:\d+/);
  });
}

test('OBS-3: a database that loses its connections later is no reason to end', async () => {
  const server = launch(await freePort(), { ...settings(database.by(line.port)), DATABASE_WAIT_SECONDS: '1' });
  try {
    await server.ready();
    line.cut();
    await expect.poll(() => statusOf(`${server.base}/api/ready`)).toBe(503);
    expect(await statusOf(`${server.base}/api/health`)).toBe(200);
    line.mend();
    await server.ready();
  } finally {
    await server.end();
  }
});

test('UPG-3: the standalone server waits for a migration that somebody else runs', async () => {
  const name = `latchkey_e2e_empty_${Date.now()}`;
  await onServer(`CREATE DATABASE "${name}"`);
  const url = Object.assign(new URL(postgres), { pathname: `/${name}` }).href;
  const server = launch(await freePort(), settings(url));
  try {
    await expect
      .poll(() => server.log(), { timeout: 15_000 })
      .toMatch(/its tables are missing: run npm run db:migrate/);
    expect(await statusOf(`${server.base}/api/ready`)).toBe(503);
    const migrating = launch(await freePort(), settings(url), [join('scripts', 'run.js'), 'migrate']);
    expect(await migrating.ended).toBe(0);
    await server.ready();
  } finally {
    await server.end();
    await onServer(`DROP DATABASE "${name}" WITH (FORCE)`);
  }
});

test('OBS-3: a pooler that refuses is named by its refusal, and the server ends', async () => {
  test.skip(!hasPgBouncer, 'PgBouncer is not installed');
  const pooler = await startPgBouncer(postgres.href);
  try {
    for (const args of Object.values(WAYS)) {
      const refused = Object.assign(new URL(pooler.by(database.url)), { username: 'stranger' }).href;
      const server = launch(await freePort(), { ...settings(refused), DATABASE_WAIT_SECONDS: '1' }, args);
      expect(await server.ended).toBe(1);
      expect(server.log()).toMatch(/did not serve within 1 s: it refuses/);
    }
    // The same pooler lets its own users in, and the whole application works behind it.
    const server = launch(await freePort(), settings(pooler.by(database.url)), WAYS['npm start']);
    await server.ready().finally(() => server.end());
  } finally {
    await pooler.close();
  }
});

for (const [way, args] of Object.entries(WAYS))
  for (const [bind, answers] of [
    ['', [200, 200]],
    ['127.0.0.1', [200, null]],
    ['::1', [null, 200]],
  ] as const)
    test(`RL-3: ${way} listens on ${bind || 'all interfaces without BIND_ADDRESS'}, and never on HOSTNAME`, async () => {
      const port = await freePort();
      const env = { ...settings(database.url), BIND_ADDRESS: bind, HOSTNAME: 'f00ba4f00ba4' };
      const server = launch(port, env, args);
      try {
        const found = () =>
          Promise.all(['127.0.0.1', '[::1]'].map((host) => statusOf(`http://${host}:${port}/api/ready`)));
        await expect.poll(found, { timeout: 25_000 }).toEqual(answers);
      } finally {
        await server.end();
      }
    });
