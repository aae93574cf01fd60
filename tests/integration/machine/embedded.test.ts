import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { command, freshDataDirectory } from '../../support/command';

type Report = { kind: string; url?: string };

const data = freshDataDirectory();
const lock = join(data.path, 'postgres.lock');
const owners: ChildProcess[] = [];

async function startOwner(): Promise<{ owner: ChildProcess; report: Report }> {
  const owner = fork(resolve('scripts/embedded-server.ts'), [data.path], { execArgv: ['--import', 'tsx'] });
  owners.push(owner);
  const [report] = (await once(owner, 'message')) as [Report];
  return { owner, report };
}

async function ask(url: string | undefined, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url ?? '' });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const migrateAgain = () => command(['migrate'], { DATABASE_URL: '', LATCHKEY_DATA_DIR: data.path }).ended;

afterAll(() => {
  for (const owner of owners) owner.kill('SIGKILL');
  data.remove();
});

describe('the embedded database has one owner', () => {
  it('lets a second command in through its socket, and keeps what was acknowledged when it is killed', async () => {
    const { owner, report } = await startOwner();
    expect(report.kind).toBe('ready');
    expect(statSync(join(data.path, 'postgres')).mode & 0o077).toBe(0);
    expect(statSync(lock).mode & 0o077).toBe(0);

    const { owner: second, report: refusal } = await startOwner();
    expect(refusal.kind).toBe('taken');
    await once(second, 'exit');

    const before = readFileSync(lock, 'utf8');
    expect(await migrateAgain()).toMatchObject({ code: 0, said: expect.stringContaining('Applied') });
    expect(readFileSync(lock, 'utf8')).toBe(before);
    await ask(report.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');

    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(existsSync(lock)).toBe(true);

    const { owner: heir, report: afterwards } = await startOwner();
    expect(afterwards.kind).toBe('ready');
    expect(await ask(afterwards.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);

    heir.disconnect();
    await once(heir, 'exit');
    expect(existsSync(lock)).toBe(false);
  });

  it('gives a dead owner’s folder to exactly one of several that come at once', async () => {
    const { owner } = await startOwner();
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const answers = await Promise.all([startOwner(), startOwner(), startOwner()]);
    expect(answers.map(({ report }) => report.kind).sort()).toEqual(['ready', 'taken', 'taken']);
  });
});
