import { type Token, templatesIn, tokensOf } from './sql-tokens';

export type Clock = 'app' | 'database';
/** Table, column, and whose clock it belongs to. */
export type Clocks = ReadonlyMap<string, ReadonlyMap<string, Clock>>;

/** @param schema the text of schema.prisma @returns the times of each model, as their lines say */
export function clocksOf(schema: string): Clocks {
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)];
  return new Map(
    models.map(([, model = '', body = '']) => {
      const times = [...body.matchAll(/^ {2}(\w+)\s+DateTime(.*)$/gm)];
      return [
        model,
        new Map(
          times.map(([, name = '', rest = '']) => [name, rest.includes('/// database clock') ? 'database' : 'app']),
        ),
      ];
    }),
  );
}

/** These end what is compared, outside of a function's own brackets and of CASE. */
const ENDS = new Set(
  'AND OR WHERE SELECT FROM SET RETURNING ON ORDER GROUP HAVING LIMIT JOIN AS VALUES UNION FILTER USING DO WITH'.split(
    ' ',
  ),
);
/** Words before a bracket that call nothing. */
const NO_CALL = new Set([
  ...ENDS,
  ...'IN EXISTS NOT MATERIALIZED LATERAL OVER ANY WHEN THEN ELSE CASE BY CONFLICT ALL'.split(' '),
]);
const APP_TIME = /\bnow\b|\bclock\b|\bplus\(|\bDate\b|^at$|\.(since|until)$|^(from|to)$/;

/** Names of fragments that are the database's time, such as `const NOW = Prisma.sql\`now()\``. */
export const databaseTimes = (source: string): string[] =>
  [...source.matchAll(/const (\w+) = Prisma\.sql`([^`"$]*\bnow\(\)[^`"$]*)`/g)].map(([, name = '']) => name);

type Judge = (token: Token, next: Token | undefined) => Clock | null;

function judgeFor(tokens: readonly Token[], clocks: Clocks, fragments: ReadonlySet<string>): Judge {
  const named = [...clocks].filter(([table]) => tokens.some(({ is, text }) => is === 'column' && text === table));
  const columnClock = (name: string): Clock | null => {
    const here = named.flatMap(([, columns]) => columns.get(name) ?? []);
    const anywhere = [...clocks.values()].flatMap((columns) => columns.get(name) ?? []);
    // A name of several tables is judged by those that the statement names.
    const found = new Set(here.length > 0 ? here : anywhere);
    return found.size === 1 ? ([...found][0] ?? null) : null;
  };
  return ({ is, text }, next) => {
    if (is === 'hole')
      return fragments.has(text) ? 'database' : /Prisma\.sql/.test(text) ? null : APP_TIME.test(text) ? 'app' : null;
    if (is === 'word' && /^(now|clock_timestamp|transaction_timestamp|statement_timestamp)$/.test(text))
      return next?.text === '(' ? 'database' : null;
    if (is === 'word' && text === 'CURRENT_TIMESTAMP') return 'database';
    return is === 'column' || is === 'word' ? columnClock(text) : null;
  };
}

/** What is compared, computed or assigned together, as text, where it mixes the clocks. */
function mixedUnits(tokens: readonly Token[], judge: Judge): string[] {
  const mixed: string[] = [];
  type Unit = { call: boolean; cases: number; found: Set<Clock>; text: string[] };
  const fresh = (call: boolean): Unit => ({ call, cases: 0, found: new Set(), text: [] });
  const open: Unit[] = [fresh(false)];
  const end = (unit: Unit): void => {
    if (unit.found.size > 1) mixed.push(unit.text.join(' '));
    Object.assign(unit, { found: new Set(), text: [] });
  };
  for (const [index, token] of tokens.entries()) {
    const unit = open.at(-1) as Unit;
    const { is, text } = token;
    const before = tokens[index - 1];
    if (is === 'mark' && text === '(') {
      const called = before?.is === 'word' && !NO_CALL.has(before.text);
      open.push(fresh(called || (unit.call && tokens[index + 1]?.text !== 'SELECT')));
    } else if (is === 'mark' && text === ')' && open.length > 1) {
      open.pop();
      const above = open.at(-1) as Unit;
      const { found, text: inside } = unit;
      // A call's brackets are judged with what is around them.
      if (!unit.call) end({ ...unit });
      for (const one of found) above.found.add(one);
      above.text.push('(', ...inside, ')');
    } else {
      if (is === 'word' && text === 'CASE') unit.cases += 1;
      if (is === 'word' && text === 'END') unit.cases -= 1;
      const ends = (is === 'word' && ENDS.has(text)) || (is === 'mark' && (text === ',' || text === ';'));
      if (ends && !unit.call && unit.cases <= 0) end(unit);
      const clock = judge(token, tokens[index + 1]);
      if (clock) unit.found.add(clock);
      unit.text.push(is === 'hole' ? `\${${text}}` : text);
    }
  }
  for (const unit of open) end(unit);
  return mixed;
}

/** The parts between commas, brackets kept whole, up to a word that ends the list. */
function listFrom(
  tokens: readonly Token[],
  start: number,
  last: (token: Token) => boolean,
): { parts: Token[][]; end: number } {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (depth === 0 && last(token)) return { parts, end: at };
    if (token.text === '(' && token.is === 'mark') depth += 1;
    if (token.text === ')' && token.is === 'mark') depth -= 1;
    if (depth < 0) return { parts, end: at };
    if (depth === 0 && token.is === 'mark' && token.text === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return { parts, end: tokens.length };
}

/** Columns that an INSERT fills from the other clock. */
function wronglyInserted(tokens: readonly Token[], judge: Judge): string[] {
  return tokens.flatMap((token, index) => {
    if (token.text !== 'INSERT' || tokens[index + 3]?.text !== '(') return [];
    const columns = listFrom(tokens, index + 4, () => false);
    const start = tokens[columns.end + 1]?.text === 'VALUES' ? columns.end + 3 : columns.end + 2;
    const values = listFrom(tokens, start, ({ is, text }) => is === 'word' && /^(FROM|WHERE|ON|RETURNING)$/.test(text));
    return columns.parts.flatMap(([column], place) => {
      const own = column && judge(column, undefined);
      const value = values.parts[place] ?? [];
      const others = value.flatMap((one, at) => judge(one, value[at + 1]) ?? []);
      return own && others.some((other) => other !== own)
        ? [`INSERT … ${column?.text} ← ${value.map((one) => one.text).join(' ')}`]
        : [];
    });
  });
}

/** @returns what in a source's SQL brings the two clocks together */
export function mixedClocks(source: string, clocks: Clocks, fragments: ReadonlySet<string>): string[] {
  return templatesIn(source).flatMap((template) => {
    const tokens = tokensOf(template);
    const judge = judgeFor(tokens, clocks, fragments);
    return [...mixedUnits(tokens, judge), ...wronglyInserted(tokens, judge)];
  });
}
