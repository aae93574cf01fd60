import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { allows, priceOf } from '@/lib/sms-budget/cost';
import { countryOf, NO_COUNTRY } from '@/lib/sms-budget/country';
import { readSmsCost, type SmsCostEnv, smsCostWarnings } from '@/lib/sms-budget/settings';

const costOf = (env: SmsCostEnv) => {
  const { cost, problems } = readSmsCost(env);
  expect(problems).toEqual([]);
  return cost;
};

describe('RL-4: where SMS may go', () => {
  test.each([
    ['nothing is set', {}, ['US', 'GB', 'DE', NO_COUNTRY]],
    ['a list', { SMS_COUNTRIES: ' us, GB ' }, ['US', 'GB']],
    ['prices alone', { SMS_PRICES: 'US:0.0083,GB:0.05' }, ['US', 'GB']],
    ['prices with a rest', { SMS_PRICES: 'US:0.0083,*:0.1' }, ['US', 'GB', 'DE']],
    ['a list beside prices with a rest', { SMS_COUNTRIES: 'DE', SMS_PRICES: 'US:0.0083,*:0.1' }, ['DE']],
  ])('%s', (_, env, allowed) => {
    const cost = costOf(env);
    expect(['US', 'GB', 'DE', NO_COUNTRY].filter((country) => allows(cost, country))).toEqual(
      ['US', 'GB', 'DE', NO_COUNTRY].filter((country) => allowed.includes(country)),
    );
  });

  test.each([
    ['+12025550123', 'US'],
    ['+18765550123', 'JM'],
    ['+77011234567', 'KZ'],
    ['+79161234567', 'RU'],
    ['+4915112345678', 'DE'],
    // Satellites, a premium service, an area code that does not exist.
    ['+881612345678', NO_COUNTRY],
    ['+88213123456', NO_COUNTRY],
    ['+97912345678', NO_COUNTRY],
    ['+19991234567', NO_COUNTRY],
    ['+17005550123', NO_COUNTRY],
    ['+12115550123', NO_COUNTRY],
    ['+13755550123', NO_COUNTRY],
    ['+80012345678', NO_COUNTRY],
    ['+870773112345', NO_COUNTRY],
    // Area codes that the library has not heard of.
    ['+12215550123', 'US'],
    ['+390000000000', 'IT'],
    ['+16585550123', 'JM'],
    ['nonsense', NO_COUNTRY],
  ])('%s is of %s', (number, country) => expect(countryOf(number)).toBe(country));
});

describe('RL-6: prices and budgets', () => {
  test('are kept in millionths, by country and for the rest', () => {
    const cost = costOf({ SMS_PRICES: 'US:0.0083, gb:0.05 ,*:0.10', SMS_DAILY_BUDGET: '20,US:10.5' });
    expect(['US', 'GB', 'DE'].map((country) => priceOf(cost, country))).toEqual([8_300, 50_000, 100_000]);
    expect(cost.budgets).toEqual(
      new Map([
        ['*', 20_000_000],
        ['US', 10_500_000],
      ]),
    );
    expect(priceOf(costOf({}), 'US')).toBeNull();
  });

  test.each([
    ['one of each alone', { SMS_PRICES: 'US:0.01', SMS_DAILY_BUDGET: '5' }],
    ['every priced country has its own', { SMS_PRICES: 'US:0.01,DE:0.1', SMS_DAILY_BUDGET: 'US:10,DE:5' }],
    ['nothing at all may be spent', { SMS_PRICES: '*:0.1', SMS_DAILY_BUDGET: '0' }],
    ['lines left empty', { SMS_COUNTRIES: ' ', SMS_PRICES: '', SMS_DAILY_BUDGET: '' }],
  ])('%s', (_, env) => expect(readSmsCost(env).problems).toEqual([]));
});

describe('CFG-1: what is refused, by the variable’s name and with its mend', () => {
  const prices = { SMS_PRICES: 'US:0.01,DE:0.1' };
  test.each([
    ['a country that does not exist', { SMS_COUNTRIES: 'US,QX' }, /^SMS_COUNTRIES: entry 2 .*write country codes/],
    ['a name', { SMS_COUNTRIES: 'Germany' }, /^SMS_COUNTRIES: entry 1 /],
    ['a country twice', { SMS_COUNTRIES: 'US,us' }, /^SMS_COUNTRIES: something is there twice; write/],
    ['an empty place', { SMS_COUNTRIES: 'US,,DE' }, /^SMS_COUNTRIES: entry 2 /],
    ['everywhere as a country', { SMS_COUNTRIES: '*' }, /^SMS_COUNTRIES: entry 1 /],
    ['a price without a country', { SMS_PRICES: '0.01' }, /^SMS_PRICES: entry 1 .*write one price/],
    ['a price that is none', { SMS_PRICES: 'US:cheap' }, /^SMS_PRICES: entry 1 /],
    ['a negative price', { SMS_PRICES: 'US:-1' }, /^SMS_PRICES: entry 1 /],
    ['a decimal comma', { SMS_PRICES: 'US:0,05' }, /^SMS_PRICES: entry 2 /],
    ['too many decimals', { SMS_PRICES: 'US:0.0000001' }, /^SMS_PRICES: entry 1 /],
    ['a currency', { ...prices, SMS_DAILY_BUDGET: '$20' }, /^SMS_DAILY_BUDGET: entry 1 .*write the day's/],
    ['two whole budgets', { ...prices, SMS_DAILY_BUDGET: '20,30' }, /^SMS_DAILY_BUDGET: something is there twice/],
    ['a budget and no price', { SMS_DAILY_BUDGET: '20' }, /^SMS_PRICES: missing beside SMS_DAILY_BUDGET/],
    ['a country without a price', { ...prices, SMS_COUNTRIES: 'US,FR' }, /^SMS_PRICES: no price for FR.*add one/],
    ['a budget for nowhere', { ...prices, SMS_DAILY_BUDGET: '9,FR:1' }, /^SMS_DAILY_BUDGET: has FR.*add it to/],
    ['a country without a bound', { ...prices, SMS_DAILY_BUDGET: 'US:1' }, /^SMS_DAILY_BUDGET: does not bound DE; add/],
    [
      'a rest without a bound',
      { SMS_PRICES: '*:1', SMS_DAILY_BUDGET: 'US:1' },
      /^SMS_DAILY_BUDGET: .*every country; add/,
    ],
  ])('%s', (_, env, sentence) => {
    expect(readSmsCost(env).problems).toEqual([expect.stringMatching(sentence)]);
  });

  test('what was written is not repeated: it may have been meant for another line', () => {
    const env = { SMS_COUNTRIES: 'a-secret', SMS_PRICES: 'a-secret', SMS_DAILY_BUDGET: 'a-secret' };
    expect(readSmsCost(env).problems).toHaveLength(3);
    expect(readSmsCost(env).problems.join()).not.toContain('a-secret');
  });

  test('what is not bounded is said at start-up', () => {
    expect(smsCostWarnings({})).toEqual([
      expect.stringMatching(/SMS_COUNTRIES/),
      expect.stringMatching(/^SMS_DAILY_BUDGET/),
    ]);
    expect(smsCostWarnings({ SMS_PRICES: '*:1', SMS_DAILY_BUDGET: '5' })).toHaveLength(1);
    expect(smsCostWarnings({ SMS_PRICES: 'US:1', SMS_DAILY_BUDGET: '5' })).toEqual([]);
  });
});

test('every country code with several countries has a main one', () => {
  const codes = getCountries().map((country) => getCountryCallingCode(country));
  const shared = new Set(codes.filter((code, place) => codes.indexOf(code) !== place));
  expect(shared.size).toBeGreaterThan(10);
  // A number of an area that nobody has: if the library finds no country for it, the main one is found.
  const found = [...shared].map((code) => [
    code,
    countryOf(`+${code}${code === '1' ? '2215550123' : '0000000000'.slice(0, 9)}`),
  ]);
  const possible = found.filter(([code]) =>
    parsePhoneNumberFromString(`+${code}${code === '1' ? '2215550123' : '000000000'}`)?.isPossible(),
  );
  expect(possible.filter(([, country]) => country === NO_COUNTRY)).toEqual([]);
});
