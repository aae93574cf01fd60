import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DRAIN_MS } from '@/lib/dispatch/drain-time';
import { PATIENCE_MS } from '@/scripts/support/last-will';
import { portInUse } from '@/scripts/support/port';
import { command, freshDataDirectory, watch } from '../../support/command';
import { freePort } from '../../support/free-port';
import { descendants, whoOutlives } from '../../support/processes';

const data = freshDataDirectory();
const lock = join(data.path, 'postgres.lock');
const started: number[] = [];

afterAll(() => {
  for (const pid of started) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended, as it should.
    }
  }
  data.remove();
});

const tsx = { execArgv: ['--import', 'tsx'] };

test('npm run dev that is killed outright leaves nothing behind', async () => {
  const port = await freePort();
  const dev = command(['dev'], { DATABASE_URL: '', LATCHKEY_DATA_DIR: data.path, PORT: String(port) });
  await dev.says(/Inbox/);
  // A page, so that Next has started what it compiles with.
  expect((await fetch(`http://127.0.0.1:${port}/sign-in`)).status).toBe(200);
  const family = descendants(dev.process.pid);
  started.push(...family);
  // At least the database, next dev and its server.
  expect(family.length).toBeGreaterThanOrEqual(3);

  dev.process.kill('SIGKILL');
  expect(await whoOutlives(family, 15_000)).toEqual([]);
  expect(await portInUse(port)).toBe(false);
  expect(existsSync(lock)).toBe(false);
  const again = await command(['migrate'], { DATABASE_URL: '', LATCHKEY_DATA_DIR: data.path }).ended;
  expect(again).toEqual({ code: 0, said: 'Nothing to migrate\n' });
}, 90_000);

describe('whoever serves', () => {
  const lives = `setInterval(() => {}, 1_000); console.log('serving');`;
  const deaf = `process.on('SIGTERM', () => {}); ${lives}`;

  async function serving(code: string, ...patienceMs: string[]) {
    const parent = watch(fork(resolve('tests/support/serve-one.ts'), [code, ...patienceMs], { ...tsx, silent: true }));
    await parent.says(/serving/);
    const family = descendants(parent.process.pid);
    started.push(...family);
    expect(family.length).toBeGreaterThanOrEqual(1);
    return { parent, family };
  }

  it('takes a server with it that does not listen to SIGTERM', async () => {
    const { parent, family } = await serving(deaf, '3000');
    parent.process.kill('SIGKILL');
    expect(await whoOutlives(family, 15_000)).toEqual([]);
  });

  // Longer than the ten seconds that ended sends half-way once; as long as a drain may take would be a slow test.
  it('DEL-9: lets a server finish what is in hand before it ends it', async () => {
    const drains = `process.on('SIGTERM', () => setTimeout(() => { console.log('drained'); process.exit(); }, 11_000)); ${lives}`;
    const { parent } = await serving(drains);
    parent.process.kill('SIGTERM');
    expect(await parent.ended).toMatchObject({ code: 0, said: expect.stringContaining('drained') });
    expect(PATIENCE_MS).toBeGreaterThan(DRAIN_MS);
  });

  it('leaves nothing behind either where it is asked to end', async () => {
    const { parent, family } = await serving(lives);
    parent.process.kill('SIGTERM');
    expect(await parent.ended).toMatchObject({ code: 0 });
    expect(await whoOutlives(family, 2_000)).toEqual([]);
  });
});

describe('the embedded database', () => {
  const server = () => fork(resolve('scripts/embedded-server.ts'), [data.path], tsx);

  it('ends also where its parent dies before it listens', async () => {
    const orphan = server();
    started.push(orphan.pid ?? 0);
    orphan.disconnect();
    expect(await whoOutlives([orphan.pid ?? 0], 15_000)).toEqual([]);
    expect(existsSync(lock)).toBe(false);
  });

  it('does not end before its parent where the terminal closes', async () => {
    const owner = server();
    started.push(owner.pid ?? 0);
    await once(owner, 'message');
    owner.kill('SIGHUP');
    expect(await whoOutlives([owner.pid ?? 0], 1_000)).toEqual([owner.pid]);
    owner.disconnect();
    expect(await whoOutlives([owner.pid ?? 0], 15_000)).toEqual([]);
    expect(existsSync(lock)).toBe(false);
  });
});
