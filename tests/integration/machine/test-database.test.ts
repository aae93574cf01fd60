import { command } from '../../support/command';

/** Would list the test files and end well, where the database is let through. */
const tests = (url: string) => command(['test', '--listTests'], { TEST_DATABASE_URL: url }).ended;

const elsewhere = 'TEST_DATABASE_URL is not on this machine: tests create and drop databases, so they refuse it.\n';

describe('TEST_DATABASE_URL is refused in one sentence', () => {
  it.each([
    ['on another machine', 'postgresql://ana:canary@db.example.com/latchkey', elsewhere],
    ['on another machine, by its query', 'postgresql://ana:canary@localhost/latchkey?host=db.example.com', elsewhere],
    ['that is none', 'canary', expect.stringMatching(/^TEST_DATABASE_URL is no postgresql:\/\/ URL[^\n]*\n$/)],
    [
      'that nobody answers',
      'postgresql://ana:canary@localhost:1/latchkey',
      expect.stringMatching(/^TEST_DATABASE_URL: no database could be made there \([^\n]*ECONNREFUSED[^\n]*\)\.\n$/),
    ],
  ])('%s', async (_which, url, sentence) => {
    const { code, said } = await tests(url);
    expect({ code, said }).toEqual({ code: 1, said: sentence });
    expect(said).not.toContain('canary');
  });
});
