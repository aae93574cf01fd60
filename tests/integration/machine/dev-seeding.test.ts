import { somebody, worldOn } from '@/tests/support/world';
import { command, freshDataDirectory } from '../../support/command';
import { testDatabase } from '../../support/database';
import { freePort } from '../../support/free-port';

const db = testDatabase();
const data = freshDataDirectory();
afterAll(data.remove);

/** The database of this run, as somebody would set it, with a password that must not be shown. */
function ownDatabase(): URL {
  const url = new URL(process.env.DATABASE_URL ?? '');
  if (!process.env.TEST_DATABASE_URL || !url.password) url.password = 'canary';
  return url;
}

/** `npm run dev` until its server starts. @returns all that it said, and who has an account afterwards */
async function dev(settings: { DATABASE_URL: string }) {
  const running = command(['dev'], { ...settings, LATCHKEY_DATA_DIR: data.path, PORT: String(await freePort()) });
  try {
    await running.says(/Next\.js/);
  } finally {
    running.process.kill('SIGTERM');
  }
  const { said } = await running.ended;
  const people = await db.user.findMany({ orderBy: { email: 'asc' } });
  return { said, people: people.map(({ email }) => email) };
}

describe('npm run dev with DATABASE_URL', () => {
  it('warns that the demo people go into that database, and how to keep them out', async () => {
    const url = ownDatabase();
    const { said, people } = await dev({ DATABASE_URL: url.href });
    const [line, ...others] = said.split('\n').filter((each) => each.startsWith('Warning: DATABASE_URL'));
    expect(line).toContain(`"${url.pathname.slice(1)}" on ${url.host}`);
    expect(line).toContain('unset DATABASE_URL');
    expect(others).toEqual([]);
    expect(said).not.toContain(url.password);
    expect(people).toEqual(['admin@latchkey.test', 'ana@latchkey.test']);
  });

  it('does not warn of people who are there already', async () => {
    await somebody(worldOn(db), { email: 'ana@latchkey.test', phone: null });
    await somebody(worldOn(db), { email: 'admin@latchkey.test', phone: null });
    expect((await dev({ DATABASE_URL: ownDatabase().href })).said).not.toContain('Warning: DATABASE_URL');
  });

  it('seeds nobody among real people, says so, and serves', async () => {
    await somebody(worldOn(db), { email: 'bo@example.com' });
    const url = ownDatabase();
    const { said, people } = await dev({ DATABASE_URL: url.href });
    expect(said).toContain(`Not seeded: the database "${url.pathname.slice(1)}" on ${url.host} has people outside`);
    expect(said).not.toContain(url.password);
    expect(people).toEqual(['bo@example.com']);
  });
});

test('npm run db:seed fails among real people', async () => {
  await somebody(worldOn(db), { email: 'bo@example.com' });
  const { code, said } = await command(['seed'], { LATCHKEY_DATA_DIR: data.path }).ended;
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('Not seeded') });
  expect(await db.user.count()).toBe(1);
});
