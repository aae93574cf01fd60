import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** Stands for numbers that belong to no country: satellites, premium services, ranges that nobody was given (CLDR). */
export const NO_COUNTRY = 'ZZ';
/** In prices the rest of the world, in the ledger all countries together. */
export const EVERYWHERE = '*';

/** @param number E.164 @returns ISO 3166-1 alpha-2, or NO_COUNTRY */
export const countryOf = (number: string): string => parsePhoneNumberFromString(number)?.country ?? NO_COUNTRY;
