import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Container, container } from '@/lib/container';
import { awaitDatabase } from '@/lib/server/await-database';
import { noLongerOnRequest } from '@/lib/web/on-request';
import { migratedDatabase } from '@/scripts/support/await-database';
import { testDatabase } from '@/tests/support/database';
import { freePort } from '@/tests/support/free-port';
import { type Line, openLine } from '@/tests/support/line';
import { secret } from '@/tests/support/standalone';
import { somebody, worldOn } from '@/tests/support/world';

// OBS-3: what answers while a start waits for its database. With the build: tests/e2e/start-waits.

const db = testDatabase();
const own = new URL(process.env.DATABASE_URL ?? '');
let line: Line;
let url: string;
beforeEach(async () => {
  line = await openLine({ host: own.hostname, port: Number(own.port || 5432) });
  url = Object.assign(new URL(own), { hostname: '127.0.0.1', port: String(line.port) }).href;
  jest.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  line.close();
  jest.restoreAllMocks();
});

const statusOf = (port: number, path: string): Promise<number> =>
  fetch(`http://127.0.0.1:${port}${path}`).then(
    ({ status }) => status,
    () => 0,
  );
const statusesOf = (port: number) =>
  Promise.all(['/api/health', '/api/ready', '/api/ready?x', '/sign-in', '/'].map((path) => statusOf(port, path)));

/** Waits until an answer is as wanted. */
async function answers(port: number, path: string, status: number): Promise<void> {
  while ((await statusOf(port, path)) !== status);
}

describe('npm start', () => {
  const waiting = (port: number, patienceSeconds: number) =>
    migratedDatabase({
      database: { url, direct: url, owned: false, close: async () => {} },
      patienceSeconds,
      port,
      host: undefined,
    });

  test('OBS-3: answers on its port until the database does, and leaves the port free', async () => {
    const port = await freePort();
    line.cut();
    const migrated = waiting(port, 60);
    await answers(port, '/api/ready', 503);
    expect(await statusesOf(port)).toEqual([200, 503, 503, 503, 503]);
    expect(console.error).toHaveBeenCalledWith(expect.stringMatching(/does not serve: .+ Trying again for 60 s/));
    line.mend();
    expect(await migrated).toEqual([]);
    const next = createServer().listen(port);
    await once(next, 'listening');
    next.close();
  });

  test('OBS-3: gives up in one sentence, which names no address', async () => {
    line.cut();
    const refusal = await waiting(await freePort(), 0.3).catch(({ message }: Error) => message);
    expect(refusal).toMatch(
      /^The database did not serve within 0.3 s: it breaks the connection off\. Check DATABASE_URL/,
    );
    expect(refusal).not.toContain(String(line.port));
  });
});

describe('the server itself', () => {
  let server: Server;
  let port: number;
  let parts: Container;
  beforeEach(async () => {
    server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    Object.assign(process.env, {
      APP_URL: 'http://localhost:3000',
      LATCHKEY_KEYS: `k1:${secret()}`,
      LATCHKEY_PEPPER: secret(),
    });
    parts = { ...container(), db };
    parts.env = { ...parts.env, DATABASE_URL: url, DATABASE_WAIT_SECONDS: 60 };
  });
  afterEach(() => {
    server.close();
    // It would close the servers of every other test in this process too.
    noLongerOnRequest('waiting');
  });
  afterAll(() => container().db.$disconnect());

  test('OBS-3: lets nothing but health past until the database answers', async () => {
    line.cut();
    const awaited = awaitDatabase(parts);
    await answers(port, '/api/ready', 503);
    expect(await statusesOf(port)).toEqual([200, 503, 503, 503, 503]);
    line.mend();
    expect(await awaited).toEqual([]);
    expect(await statusesOf(port)).toEqual([200, 200, 200, 200, 200]);
  });

  test('OBS-3: returns one sentence where the time is over, and stays closed', async () => {
    line.cut();
    parts.env.DATABASE_WAIT_SECONDS = 0.3;
    expect(await awaitDatabase(parts)).toEqual([
      'DATABASE_URL: the database did not serve within 0.3 s: it breaks the connection off',
    ]);
    expect(await statusOf(port, '/sign-in')).toBe(503);
  });

  test('CFG-1: a demonstration among real people opens no page', async () => {
    await somebody(worldOn(db), { email: 'real@example.com', phone: null });
    parts.env.LATCHKEY_DEMO = true;
    expect(await awaitDatabase(parts)).toEqual([expect.stringMatching(/^LATCHKEY_DEMO: refused/)]);
    expect(await statusOf(port, '/dev/inbox')).toBe(503);
  });
});
