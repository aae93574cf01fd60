import type { Backlog, Measured } from './engine';

type Line = { what: string; value: number; unit: string; aim: number; better: 'less' | 'more' };

const backlogLines = (name: string, one: Backlog, perSecond: number): Line[] => [
  { what: `${name}: drained, ${one.rows} rows`, value: one.perSecond, unit: '/s', aim: perSecond, better: 'more' },
  { what: `${name}: memory above idle`, value: one.memoryMb, unit: 'MB', aim: 100, better: 'less' },
  { what: `${name}: statements a delivery`, value: one.statements, unit: '', aim: 3, better: 'less' },
];

/** The aims are those of issue 3. The one of Twilio is that of SMTP: it names none. */
const linesOf = (kind: 'embedded' | 'postgresql', measured: Measured): Line[] => {
  const handOff = kind === 'embedded' ? 50 : 25;
  return [
    { what: 'idle: request to hand-off, p50', value: measured.p50, unit: 'ms', aim: handOff, better: 'less' },
    { what: 'idle: request to hand-off, p95', value: measured.p95, unit: 'ms', aim: handOff, better: 'less' },
    { what: 'idle: statements a request', value: measured.statementsPerRequest, unit: '', aim: 2, better: 'less' },
    { what: 'idle: statements a delivery', value: measured.statementsPerDelivery, unit: '', aim: 3, better: 'less' },
    ...backlogLines('SMTP', measured.smtp, 300),
    ...backlogLines('Twilio', measured.twilio, 300),
  ];
};

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));

/** As Markdown, so that docs/delivery.md can keep it. The last column is how many times better than its aim a number is. */
export function tableOf(kind: 'embedded' | 'postgresql', measured: Measured): string {
  const rows = linesOf(kind, measured).map(({ what, value, unit, aim, better }) => {
    const ratio = better === 'more' ? value / aim : aim / value;
    const sign = better === 'more' ? '≥' : '≤';
    const spaced = unit && !unit.startsWith('/') ? ` ${unit}` : unit;
    return `| ${what} | ${round(value)}${spaced} | ${sign} ${aim}${spaced} | ${round(ratio)}${ratio < 1 ? ', missed' : ''} |`;
  });
  return [`| ${kind} | measured | aim | times better |`, '|---|--:|--:|--:|', ...rows, ''].join('\n');
}
