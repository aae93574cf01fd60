import { EVERYWHERE, NO_COUNTRY } from './country';

/** Where SMS may go and what they may cost. Money is in millionths of the currency of the prices, whichever that is. */
export type SmsCost = {
  /** ISO 3166-1 alpha-2; null where SMS_COUNTRIES is not set. */
  countries: ReadonlySet<string> | null;
  /** By country, `*` for the rest. A message is one segment: start-up sees to it (DEL-5). */
  prices: ReadonlyMap<string, number>;
  /** What one UTC day may cost, by country and `*` for all together. */
  budgets: ReadonlyMap<string, number>;
};

/** Neither countries nor prices nor a budget. */
export const freeOfLimits: SmsCost = { countries: null, prices: new Map(), budgets: new Map() };

/** @returns millionths of the currency; null where nothing is known */
export const priceOf = ({ prices }: SmsCost, country: string): number | null =>
  prices.get(country) ?? prices.get(EVERYWHERE) ?? null;

/**
 * Whether SMS may go there (RL-4): a country of the list; without a list one that has a price; without either all. Once
 * anything is set, a number of no country never gets one: there the price is whatever its owner likes.
 */
export function allows({ countries, prices }: SmsCost, country: string): boolean {
  if (countries) return countries.has(country);
  if (prices.size === 0) return true;
  return country !== NO_COUNTRY && (prices.has(country) || prices.has(EVERYWHERE));
}

/** True where nothing keeps an SMS from any country of the world. */
export const goesEverywhere = ({ countries, prices }: SmsCost): boolean =>
  countries === null && (prices.size === 0 || prices.has(EVERYWHERE));
