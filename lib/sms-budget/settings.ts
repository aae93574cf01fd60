import { isSupportedCountry } from 'libphonenumber-js';
import { goesEverywhere, priceOf, type SmsCost } from './cost';
import { EVERYWHERE } from './country';

/** The lines of .env, as they are written there. */
export type SmsCostEnv = {
  SMS_COUNTRIES?: string | undefined;
  SMS_PRICES?: string | undefined;
  SMS_DAILY_BUDGET?: string | undefined;
};

type Name = keyof SmsCostEnv;
/** `country` is empty where the entry names none. */
type Entry = { country: string; amount: string };

/** Nine digits before the point and six behind it: exact as a number, also in millionths. */
const AMOUNT = /^\d{1,9}(\.\d{1,6})?$/;
const micros = (amount: string): number => Math.round(Number(amount) * 1_000_000);

const shapes: Readonly<Record<Name, string>> = {
  SMS_COUNTRIES: 'country codes of two letters (ISO 3166-1), comma-separated, each once: US,GB',
  SMS_PRICES: 'one price for each country, with a point and six decimals at most: US:0.0083,GB:0.05,*:0.10',
  SMS_DAILY_BUDGET: "the day's whole budget, or one for each country, or both: 20,US:10",
};

const fits: Readonly<Record<Name, (entry: Entry) => boolean>> = {
  SMS_COUNTRIES: ({ country, amount }) => isSupportedCountry(country) && amount === '',
  SMS_PRICES: ({ country, amount }) => (isSupportedCountry(country) || country === EVERYWHERE) && AMOUNT.test(amount),
  SMS_DAILY_BUDGET: ({ country, amount }) => (isSupportedCountry(country) || country === '') && AMOUNT.test(amount),
};

function split(name: Name, part: string): Entry {
  const [first = '', ...rest] = part.split(':').map((word) => word.trim());
  const amount = rest.join(':');
  if (name === 'SMS_DAILY_BUDGET' && !part.includes(':')) return { country: '', amount: first };
  return { country: first.toUpperCase(), amount };
}

/** @returns the entries, or nothing and a sentence in `problems`; what was written is never repeated (CFG-1) */
function entriesOf(env: SmsCostEnv, name: Name, problems: string[]): Entry[] | null {
  const written = env[name]?.trim();
  if (!written) return null;
  const entries = written.split(',').map((part) => split(name, part));
  const bad = entries.findIndex((entry) => !fits[name](entry));
  const twice = new Set(entries.map(({ country }) => country)).size < entries.length;
  if (bad < 0 && !twice) return entries;
  const what = bad < 0 ? 'something is there twice' : `entry ${bad + 1} cannot be read`;
  problems.push(`${name}: ${what}; write ${shapes[name]}`);
  return null;
}

/** Settings that are each fine alone and leave a gap together: what is bounded must be so everywhere. */
function gaps({ countries, prices, budgets }: SmsCost): string[] {
  if (budgets.size > 0 && prices.size === 0)
    return ['SMS_PRICES: missing beside SMS_DAILY_BUDGET; a budget needs the price of an SMS, as US:0.0083,*:0.10'];
  const named = [...(countries ?? [...prices.keys()].filter((country) => country !== EVERYWHERE))];
  const unpriced =
    prices.size === 0 ? [] : named.filter((country) => priceOf({ countries, prices, budgets }, country) === null);
  const found = unpriced.map(
    (country) => `SMS_PRICES: no price for ${country}, which SMS_COUNTRIES allows; add one, or *`,
  );
  for (const country of budgets.keys())
    if (country !== EVERYWHERE && !named.includes(country) && !goesEverywhere({ countries, prices, budgets }))
      found.push(`SMS_DAILY_BUDGET: has ${country}, where no SMS may go; add it to SMS_COUNTRIES, or remove it here`);
  if (budgets.size === 0 || budgets.has(EVERYWHERE)) return found;
  const unbounded = named.filter((country) => !budgets.has(country));
  if (unbounded.length > 0 || goesEverywhere({ countries, prices, budgets }))
    found.push(
      `SMS_DAILY_BUDGET: does not bound ${unbounded.join(', ') || 'every country'}; add the whole day's budget, as 20,US:10`,
    );
  return found;
}

/**
 * Reads where SMS may go and what they may cost (RL-4, RL-6).
 * @returns the limits, and sentences that name a variable and the mend, none where all is well (CFG-1)
 */
export function readSmsCost(env: SmsCostEnv): { cost: SmsCost; problems: string[] } {
  const problems: string[] = [];
  const countries = entriesOf(env, 'SMS_COUNTRIES', problems);
  const prices = entriesOf(env, 'SMS_PRICES', problems);
  const budgets = entriesOf(env, 'SMS_DAILY_BUDGET', problems);
  const cost: SmsCost = {
    countries: countries && new Set(countries.map(({ country }) => country)),
    prices: new Map((prices ?? []).map(({ country, amount }) => [country, micros(amount)])),
    budgets: new Map((budgets ?? []).map(({ country, amount }) => [country || EVERYWHERE, micros(amount)])),
  };
  // What could not be read would only cause more sentences of the same.
  return { cost, problems: problems.length > 0 ? problems : gaps(cost) };
}

/** What works, and may cost more than anybody meant (CFG-1). */
export function smsCostWarnings(env: SmsCostEnv): string[] {
  const { cost } = readSmsCost(env);
  const found: string[] = [];
  if (goesEverywhere(cost))
    found.push(
      'SMS may go to every country of the world: set SMS_COUNTRIES to those where your people live, as US,GB.',
    );
  if (cost.budgets.size === 0)
    found.push('SMS_DAILY_BUDGET is not set: nothing bounds what SMS cost. Set it beside SMS_PRICES.');
  return found;
}
