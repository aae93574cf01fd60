import { parseArgs } from 'node:util';
import type { Database } from '@/lib/db/client';
import { parsePolicyEnv } from '@/lib/env/env';
import { allows } from '@/lib/sms-budget/cost';
import { countryOf, NO_COUNTRY } from '@/lib/sms-budget/country';
import { readSmsCost } from '@/lib/sms-budget/settings';
import {
  type Changed,
  type Created,
  createUser,
  disableUser,
  listUsers,
  promoteUser,
  resetSecondFactor,
} from '@/lib/users/administer';
import { breachCheckOf } from '@/lib/users/breached-passwords';
import type { PasswordRules } from '@/lib/users/password-policy';
import { askNewPassword, readPassword } from './ask-password';
import { settingsNeedMending } from './environment';
import { Refused } from './refused';
import { readablePassword } from './secrets';

const usage = `npm run user -- create --email a@b.c --name "Ana" [--phone +15551234567] [--role admin] [--generate | --password-stdin]
npm run user -- list
npm run user -- promote --email a@b.c
npm run user -- disable --email a@b.c
npm run user -- second-factor-reset --email a@b.c`;

const options = {
  email: { type: 'string' },
  name: { type: 'string' },
  phone: { type: 'string' },
  role: { type: 'string', default: 'user' },
  generate: { type: 'boolean', default: false },
  'password-stdin': { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** Checks the command before any database is opened. @returns what to do with one */
export function readUserCommand(args: string[]): (db: Database) => Promise<string> {
  const [command = '', ...rest] = args;
  let values: Values;
  try {
    values = parseArgs({ args: rest, options, allowPositionals: false }).values;
  } catch (error) {
    throw new Refused(`${(error as Error).message}\n\n${usage}`);
  }
  const email = values.email ?? '';
  if (command === 'list') return async (db) => table(await listUsers(db));
  if (!['create', 'promote', 'disable', 'second-factor-reset'].includes(command)) {
    throw new Refused(`${command ? `There is no command "${command}".` : 'Which command?'}\n\n${usage}`);
  }
  if (!email) throw new Refused(`Whose account? Add --email a@b.c\n\n${usage}`);
  if (command === 'promote') return async (db) => changed(await promoteUser(db, email), `${email} is an admin now.`);
  if (command === 'disable') return async (db) => changed(await disableUser(db, email), `${email} is disabled now.`);
  if (command === 'second-factor-reset')
    return async (db) => changed(await resetSecondFactor(db, email), `${email} has no authenticator app now.`);
  const rules = passwordRules();
  return (db) => create(db, email, values, rules);
}

async function create(db: Database, email: string, values: Values, rules: PasswordRules): Promise<string> {
  const { role, name, phone } = values;
  if (!name) throw new Refused('What is the person called? Add --name "Ana"');
  if (role !== 'user' && role !== 'admin') throw new Refused('--role is user or admin.');
  const password = await choosePassword(values);
  const made = await createUser(db, { email, name, role, password, ...(phone === undefined ? {} : { phone }) }, rules);
  if (!made.ok) throw new Refused(whyNot(made, rules));
  const warning = made.phone ? smsWarning(made.phone) : '';
  return `Created ${made.email}.${warning}${values.generate ? `\nPassword, shown this once: ${password}` : ''}${wordOf(made)}`;
}

/** Whether a text message would leave for this number by what .env says (RL-4); the number itself is fine. */
function smsWarning(number: string): string {
  const { SMS_COUNTRIES, SMS_PRICES, SMS_DAILY_BUDGET } = process.env;
  const smsEnv = { SMS_COUNTRIES, SMS_PRICES, SMS_DAILY_BUDGET };
  const country = countryOf(number);
  if (allows(readSmsCost(smsEnv).cost, country)) return '';
  const where = country === NO_COUNTRY ? 'this number is of no country' : `this number is of ${country}`;
  return `\nNo text message would leave for it: ${where}, which SMS_COUNTRIES and SMS_PRICES do not have. Codes go by email.`;
}

/** The same as the pages go by. */
function passwordRules(): PasswordRules {
  const settings = parsePolicyEnv(process.env);
  if (!settings.ok) throw new Refused(settingsNeedMending(settings.problems));
  const { APP_NAME: appName, PASSWORD_MIN_LENGTH: minLength } = settings.env;
  return { minLength, appName, breached: breachCheckOf(settings.env) };
}

function choosePassword(values: Values): Promise<string> | string {
  if (values.generate) return readablePassword();
  if (values['password-stdin']) return readPassword();
  if (process.stdin.isTTY) return askNewPassword();
  throw new Refused('There is no terminal to ask for a password: add --generate or --password-stdin.');
}

function whyNot(refused: Extract<Created, { ok: false }>, { minLength }: PasswordRules): string {
  switch (refused.problem) {
    case 'bad-email':
      return 'This is no email address.';
    case 'bad-phone':
      return 'This is no phone number: write it with + and the country, as +15551234567.';
    case 'bad-name':
      return 'A name has 1 to 100 characters.';
    case 'email-taken':
      return 'Somebody has this email address already.';
    case 'phone-taken':
      return 'Somebody has this phone number already.';
    case 'bad-password':
      return `This password is refused (${refused.reason}). It needs ${minLength} to 128 characters and must not be a common or a stolen one.`;
  }
}

function changed(outcome: Changed, done: string): string {
  if (outcome.ok) return `${done} Sessions ended: ${outcome.sessionsEnded}.${wordOf(outcome)}`;
  switch (outcome.problem) {
    case 'unknown':
      throw new Refused('Nobody has this email address.');
    case 'bad-email':
      throw new Refused('This is no email address.');
    case 'no-admin':
      throw new Refused('Only administrators have a second step, and this person is none.');
  }
}

/** What an admin types at the first sign-in to set up an authenticator app (ADM-5). */
const wordOf = ({ word }: { word: string | null }): string =>
  word === null ? '' : `\nEnrolment word, good once and for seven days: ${word}`;

function table(users: Awaited<ReturnType<typeof listUsers>>): string {
  const rows = users.map((user) => [
    user.email,
    user.name,
    user.phone ?? '–',
    user.role,
    user.disabledAt ? 'yes' : 'no',
  ]);
  const all = [['EMAIL', 'NAME', 'PHONE', 'ROLE', 'DISABLED'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
