import { type CountryCode, getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js';

/** Stands for numbers that belong to no country: satellites, premium services, ranges that nobody was given (CLDR). */
export const NO_COUNTRY = 'ZZ';
/** In prices the rest of the world, in the ledger all countries together. */
export const EVERYWHERE = '*';

/** Where a country code has several countries, the one that its plan is run from (ITU-T E.164). */
const mainOf: Readonly<Record<string, CountryCode>> = {
  ...{ '1': 'US', '7': 'RU', '39': 'IT', '44': 'GB', '47': 'NO', '61': 'AU', '212': 'MA', '262': 'RE' },
  ...{ '290': 'SH', '358': 'FI', '590': 'GP', '599': 'CW' },
};

const countriesOf = new Map<string, CountryCode[]>();
for (const country of getCountries()) {
  const code = getCountryCallingCode(country);
  countriesOf.set(code, [...(countriesOf.get(code) ?? []), country]);
}

/**
 * An area code of +1 that could be given to people: no service code (N11), none that is kept for longer numbers or for
 * the plan's own growth (N9X, 37X, 96X), and not 700.
 * Source: https://www.nanpa.com/numbering/area-codes
 */
const northAmerican = /^(?!.11|37|96|700)[2-9][0-8]/;

/**
 * A new area code that the library does not know yet is of its country code's own country.
 * @param number E.164 @returns ISO 3166-1 alpha-2, or NO_COUNTRY
 */
export function countryOf(number: string): string {
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return NO_COUNTRY;
  if (parsed.country) return parsed.country;
  const code = parsed.countryCallingCode;
  if (!parsed.isPossible() || (code === '1' && !northAmerican.test(parsed.nationalNumber))) return NO_COUNTRY;
  const countries = countriesOf.get(code) ?? [];
  return mainOf[code] ?? (countries.length === 1 ? (countries[0] ?? NO_COUNTRY) : NO_COUNTRY);
}
