import { verifyPassword } from '@/lib/users/password-hash';
import { testDatabase } from '../../support/database';
import { onTerminal } from '../../support/terminal';

const db = testDatabase();

const enter = '\r';
const backspace = '\u007f';
const ctrlC = '\u0003';
const ctrlD = '\u0004';

const first = /Password \(not shown\): $/;
const second = /The same again: $/;

const createBo = () => onTerminal(['user', 'create', '--email', 'bo@example.com', '--name', 'Bo'], {});

/** Line by line, echoing, with Ctrl-C: what a shell expects to find again. */
function expectSane(said: string): void {
  for (const setting of ['icanon', 'echo', 'isig', 'icrnl']) expect(said).toMatch(new RegExp(`(^|\\s)${setting}\\b`));
}

test('a password is asked for twice, hidden, and signs in', async () => {
  const terminal = createBo();
  await terminal.says(first);
  terminal.types(`a canaryX${backspace} ü😀${backspace}42${enter}`);
  await terminal.says(second);
  terminal.types(`a canary ü42${enter}`);
  const { said } = await terminal.ended;
  expect(said).toContain('Created bo@example.com.');
  expect(said).toContain('left with 0');
  expect(said).not.toMatch(/canary|ü/);
  expectSane(said);
  const { passwordHash } = await db.user.findUniqueOrThrow({ where: { email: 'bo@example.com' } });
  expect(await verifyPassword(passwordHash ?? '', 'a canary ü42')).toBe(true);
});

test('two that differ are asked for again', async () => {
  const terminal = createBo();
  await terminal.says(first);
  // Typed ahead, as a paste is.
  terminal.types(`a canary 41${enter}a canary 42${enter}`);
  await terminal.says(/The two are not the same\. Once more\.\s+Password \(not shown\): $/);
  terminal.types(`a canary 43${enter}`);
  await terminal.says(/The same again: $/);
  terminal.types(`a canary 43${enter}`);
  const { said } = await terminal.ended;
  expect(said).not.toContain('canary');
  expect(said).toContain('left with 0');
  const { passwordHash } = await db.user.findFirstOrThrow();
  expect(await verifyPassword(passwordHash ?? '', 'a canary 43')).toBe(true);
});

test.each([
  ['Ctrl-C at the first question', '', ctrlC, 130, null],
  ['Ctrl-C at the second question', `a canary 42${enter}`, ctrlC, 130, null],
  ['Ctrl-D', '', ctrlD, 1, 'No password was typed.'],
])('%s makes nobody, and leaves the terminal as it was', async (_key, before, key, code, sentence) => {
  const terminal = createBo();
  await terminal.says(first);
  terminal.types(before);
  if (before) await terminal.says(second);
  terminal.types(key);
  const { said } = await terminal.ended;
  expect(said).toContain(`left with ${code}`);
  if (sentence) expect(said).toContain(sentence);
  expect(said).not.toMatch(/canary|Error|at .*\.ts/);
  expectSane(said);
  expect(await db.user.count()).toBe(0);
});
