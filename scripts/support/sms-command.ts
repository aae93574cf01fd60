import { parseArgs } from 'node:util';
import { isSupportedCountry } from 'libphonenumber-js';
import type { Database } from '@/lib/db/client';
import { EVERYWHERE, NO_COUNTRY } from '@/lib/sms-budget/country';
import { readSmsCost, type SmsCostEnv } from '@/lib/sms-budget/settings';
import { type SmsAccount, smsAccounts, startSms, stopSms } from '@/lib/sms-budget/switch';
import { settingsNeedMending } from './environment';
import { Refused } from './refused';

const usage = `npm run sms -- show
npm run sms -- stop [--country DE]     no SMS leaves from now on; codes go by email
npm run sms -- start [--country DE]    SMS may leave again`;

/**
 * Checks the command before any database is opened.
 * @param source the environment, for the budgets beside what was spent
 * @returns what to do with one
 */
export function readSmsCommand(args: string[], source: SmsCostEnv): (db: Database) => Promise<string> {
  const [command = '', ...rest] = args;
  const country = readCountry(rest);
  if (command === 'show' && rest.length === 0) return (db) => show(db, source);
  if (command === 'stop') return (db) => stop(db, country);
  if (command === 'start') return (db) => start(db, country);
  throw new Refused(`${command ? `There is no such command.` : 'Which command?'}\n\n${usage}`);
}

function readCountry(args: string[]): string {
  try {
    const { values } = parseArgs({ args, options: { country: { type: 'string' } }, allowPositionals: false });
    const country = values.country?.trim().toUpperCase() ?? EVERYWHERE;
    if (country === EVERYWHERE || country === NO_COUNTRY || isSupportedCountry(country)) return country;
  } catch (error) {
    throw new Refused(`${(error as Error).message}\n\n${usage}`);
  }
  throw new Refused('--country takes a code of two letters (ISO 3166-1), as DE; ZZ is for numbers of no country.');
}

const where = (country: string): string => (country === EVERYWHERE ? 'to all countries' : `to ${country}`);

async function stop(db: Database, country: string): Promise<string> {
  await stopSms(db, country);
  return `SMS ${where(country)} are stopped. Codes go by email. Lift it: npm run sms -- start${
    country === EVERYWHERE ? '' : ` --country ${country}`
  }`;
}

async function start(db: Database, country: string): Promise<string> {
  await startSms(db, country);
  // Whoever lifts one stop believes that SMS leave again: another may stand.
  const still = (await smsAccounts(db)).filter(({ stoppedBy }) => stoppedBy !== null);
  const others = still.map((account) => (account.country === EVERYWHERE ? 'all countries' : account.country));
  return `SMS ${where(country)} may leave again.${others.length > 0 ? ` Still stopped: ${others.join(', ')}.` : ''}`;
}

/** @param micros millionths of the currency of SMS_PRICES */
const money = (micros: number): string => {
  const [whole = '', decimals = ''] = (micros / 1_000_000).toFixed(6).split('.');
  return `${whole}.${decimals.replace(/0+$/, '').padEnd(2, '0')}`;
};

function state({ stoppedBy, stoppedUntil }: SmsAccount): string {
  if (stoppedBy === null) return 'on';
  const by = stoppedBy === 'operator' ? 'by an operator' : 'hardly a code was used';
  return `stopped, ${by}${stoppedUntil ? `, until ${stoppedUntil.toISOString().slice(11, 16)} UTC` : ''}`;
}

/** A table of what SMS have cost since midnight UTC, and of what is stopped. */
async function show(db: Database, source: SmsCostEnv): Promise<string> {
  const { cost, problems } = readSmsCost(source);
  if (problems.length > 0) throw new Refused(settingsNeedMending(problems));
  const rows = (await smsAccounts(db)).map((account) => {
    const budget = cost.budgets.get(account.country);
    return [
      account.country === EVERYWHERE ? 'all' : account.country,
      money(account.spentMicros),
      budget === undefined ? '–' : money(budget),
      state(account),
    ];
  });
  const all = [['COUNTRY', 'SPENT TODAY', 'BUDGET', 'STATE'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map(([country = '', spent = '', budget = '', now = '']) =>
    [country.padEnd(widths[0] ?? 0), spent.padStart(widths[1] ?? 0), budget.padStart(widths[2] ?? 0), now].join('  '),
  );
  return lines.join('\n');
}
