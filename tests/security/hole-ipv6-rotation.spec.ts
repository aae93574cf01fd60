import { randomInt } from 'node:crypto';
import { expect, test } from '../e2e/test';
import { asksForCode, CODES_AN_HOUR, tooMany, usesTheHour } from './asks-for-code';

// GHSA-p6v2-xcpg-h6xw: an address for each request out of the 2^64 that every customer has. How an address is read:
// tests/unit/limits/client-address.test.ts.

const group = () => randomInt(1, 2 ** 16).toString(16);
/** Addresses inside one /64, each written in one of the ways that proxies write them. */
function inside(network: string) {
  const host = () => `${group()}:${group()}:${group()}:${group()}`;
  const ways = [
    () => `${network}::${group()}`,
    () => `${network}:${host()}`.toUpperCase(),
    () => `[${network}:${host()}]:${randomInt(1024, 65_536)}`,
    () => `${network}:0:0:0:${group()}%eth0`,
  ];
  return (n: number) => ({ 'x-forwarded-for': ways[n % ways.length]?.() ?? network });
}

test('RL-3: who changes addresses inside a /64 has one hour’s codes for all of them; the next /64 has its own', async ({
  baseURL,
}) => {
  const base = baseURL ?? '';
  const site = `2001:db8:${group()}`;
  const [home, next] = [inside(`${site}:a`), inside(`${site}:b`)];
  expect(await usesTheHour(base, home)).toEqual(Array(CODES_AN_HOUR).fill('sent'));
  for (let n = 0; n < 4; n += 1) expect(await asksForCode(base, 'ana@latchkey.test', home(n))).toMatch(tooMany);
  expect(await asksForCode(base, 'nobody@latchkey.test', next(0))).toBe('sent');
  expect(await asksForCode(base, 'nobody@latchkey.test', { 'x-forwarded-for': '198.51.100.7' })).toBe('sent');
});
