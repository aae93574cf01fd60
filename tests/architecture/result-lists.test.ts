import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// UPG-1: a statement that was prepared before a migration must give the same columns after it. So what it returns is
// listed by name. Inside of parentheses `*` is harmless: the statement's own list decides.

/** Every template literal that Prisma is given, its parts in `${}` left out. @returns with the line it begins on */
function statementsIn(source: string): { line: number; sql: string }[] {
  const found: { line: number; sql: string }[] = [];
  const start = /(?:\$(?:query|execute)Raw|\bsql)(?:<[^`]*?>)?`/g;
  for (let match = start.exec(source); match; match = start.exec(source)) {
    const from = match.index + match[0].length;
    found.push({ line: source.slice(0, from).split('\n').length, sql: literalFrom(source, from) });
  }
  return found;
}

function literalFrom(source: string, from: number): string {
  let text = '';
  for (let at = from; at < source.length && source[at] !== '`'; at++) {
    if (source.startsWith('${', at)) at = endOfPart(source, at + 2);
    else text += source[at];
  }
  return text;
}

/** @param at behind `${` @returns where its `}` is */
function endOfPart(source: string, at: number): number {
  for (let depth = 1; ; at++) {
    const char = source[at];
    if (char === '`') at += skipped(source, at + 1);
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at;
  }
}

/** @returns how many characters from `from` to the end of the literal, that included */
function skipped(source: string, from: number): number {
  let at = from;
  for (; source[at] !== '`'; at++) if (source.startsWith('${', at)) at = endOfPart(source, at + 2);
  return at - from + 1;
}

/** What stands in no parentheses. */
function outermost(sql: string): string {
  let left = sql.replace(/--.*$/gm, '');
  for (let before = ''; before !== left; ) {
    before = left;
    left = left.replace(/\([^()]*\)/g, '');
  }
  return left;
}

const returnsStar = (sql: string): boolean =>
  /(?:\b(?:SELECT(?:\s+DISTINCT)?|RETURNING)|,)\s*(?:"?\w+"?\.)?\*/i.test(outermost(sql));

const files = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('lib', file));

test('UPG-1: no statement returns *', () => {
  const found = files.flatMap((file) =>
    statementsIn(readFileSync(file, 'utf8'))
      .filter(({ sql }) => returnsStar(sql))
      .map(({ line }) => `${file}:${line}`),
  );
  expect(found).toEqual([]);
});

test('the statements are found, and so is what they must not return', () => {
  const count = files.reduce((sum, file) => sum + statementsIn(readFileSync(file, 'utf8')).length, 0);
  expect(count).toBeGreaterThan(100);
  const part = '$' + '{list.map((y) => sql`($' + '{y})`)}';
  const [one] = statementsIn(`db.$queryRaw<[{ a: 1 }]>\`SELECT x.*, ${part} FROM x\``);
  expect(one?.sql).toBe('SELECT x.*,  FROM x');
  for (const sql of [
    'SELECT * FROM x',
    'SELECT a, x.* FROM x',
    'UPDATE x SET a = 1 RETURNING *',
    'SELECT "X".* FROM x',
  ])
    expect([sql, returnsStar(sql)]).toEqual([sql, true]);
  for (const sql of [
    'SELECT count(*) FROM (SELECT * FROM x) y',
    'SELECT a * 2 FROM x',
    'WITH y AS (SELECT *) SELECT a FROM y',
  ])
    expect([sql, returnsStar(sql)]).toEqual([sql, false]);
});
