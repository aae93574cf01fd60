import type { RawAnswer } from '../support/raw-request';

/** Where a browser's page of the site would send its forms from, and where others would. */
export const foreignOrigins = (base: string): Record<string, Record<string, string>> => ({
  'no origin': {},
  'no origin, from another site': { 'sec-fetch-site': 'cross-site' },
  'no origin, from a sister site': { 'sec-fetch-site': 'same-site' },
  'no origin, typed by hand': { 'sec-fetch-site': 'none' },
  null: { origin: 'null', 'sec-fetch-site': 'same-origin' },
  'another site': { origin: 'https://evil.test' },
  'another site, with its own host as the forwarded one': {
    origin: 'https://evil.test',
    'x-forwarded-host': 'evil.test',
    forwarded: 'host=evil.test',
  },
  'another port': { origin: base.replace(/\d+$/, '1') },
  'another name of this machine': { origin: base.replace('localhost', '127.0.0.1') },
  'another scheme': { origin: base.replace('http:', 'https:') },
});

/** Whether a request was turned away at the door: an answer in plain words, and nothing set. */
export const turnedAway = ({ status, headers, body }: RawAnswer): boolean =>
  [403, 421].includes(status) && headers['set-cookie'] === undefined && /^[A-Z][^\n<]+\.\n$/.test(body);

/** @returns a jar's cookies for one request */
export const cookieLine = (jar: ReadonlyMap<string, string>): string =>
  [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
