import { changesOf, type Mutant } from './mutant';

const growing = ['tests/security/ver-3-growing-codes.test.ts'];
const crowd = ['tests/security/ver-3-crowd.test.ts'];
const code = ['tests/integration/reset/code.test.ts'];
const guesses = 'lib/otp/guesses.ts';
const policy = 'lib/otp/policy.ts';

export const lengthMutants: readonly Mutant[] = [
  ...changesOf('otp', guesses, growing, [
    ['b.points + g.open + ${reserve} >', 'b.points + ${reserve} >', 'open tries count towards a hundred in a row'],
    [
      'b.points + g.open + ${reserve} >',
      'b.points + g.open >',
      'the new code’s tries count towards a hundred in a row',
    ],
    ['WHEN ${stranger} AND', 'WHEN true AND', 'a flood makes no known device’s code longer'],
    ['>= ${crowdMark} THEN', '> ${crowdMark} THEN', 'ten digits begin at the threshold'],
    ['WHEN ${stranger} AND', 'WHEN false AND', 'a flood makes strangers’ codes longer'],
    ['g.spent + g.open + ${reserve} >', 'g.spent + ${reserve} >', 'open tries count towards twenty'],
    ['g.spent + g.open + ${reserve} >', 'g.open + ${reserve} >', 'spent tries count towards twenty'],
    ['> ${GUESSES_AT_USUAL} THEN', '>= ${GUESSES_AT_USUAL} THEN', 'six digits bear twenty guesses, not fifteen'],
    [
      '${plus(now, -GUESS_WINDOW_MS)}::timestamptz',
      '${plus(now, -days(9))}::timestamptz',
      'guesses of before yesterday are forgotten',
    ],
    ['hours(back + 1)', 'hours(back)', 'this hour’s guesses count once'],
    ['percentile_disc(0.5)', 'percentile_disc(0.9)', 'the threshold goes by the median'],
    ['SELECT ${markKey}, GREATEST(', 'SELECT ${markKey}, LEAST(', 'the threshold is 500 at least'],
    ['b.since,', "'-infinity',", 'a success begins the count anew'],
  ]),
  ...changesOf('otp', guesses, crowd, [
    ['AND NOT (${isDevices(Prisma.sql`"guessKey"`)})', '', 'a known device’s short code is sent again in any flood'],
    ['-days(DAYS_MEASURED)', '-days(DAYS_MEASURED - 1)', 'seven days are measured'],
    ["- 1, interval '1 day'", ", interval '1 day'", 'today is not measured'],
    ['length: 24 }', 'length: 2 }', 'the guesses of a day count, not of two hours'],
  ]),
  ...changesOf(
    'otp',
    guesses,
    ['tests/security/ver-4-known-device.test.ts'],
    [
      [
        'export const deviceBucket = (deviceId: string): string => `${deviceMark}${deviceId}`',
        'export const deviceBucket = (_: string): string => `${deviceMark}`',
        'each device has a bucket of its own',
      ],
    ],
  ),
  ...changesOf(
    'otp',
    guesses,
    ['tests/security/rl-5-spellings.test.ts'],
    [['foldedEmail(email))}', 'email)}', 'spellings of one address share a bucket of guesses']],
  ),
  ...changesOf('otp', policy, code, [
    ['CODE_LIFE_MS = minutes(10)', 'CODE_LIFE_MS = minutes(11)', 'a code lives ten minutes'],
    ['CODE_LIFE_MS = minutes(10)', 'CODE_LIFE_MS = minutes(9)', 'a code lives ten minutes'],
    ['MAX_ATTEMPTS = 5', 'MAX_ATTEMPTS = 6', 'a challenge has five tries'],
  ]),
  ...changesOf(
    'otp',
    policy,
    ['tests/security/flo-2-grant.test.ts'],
    [['GRANT_LIFE_MS = minutes(10)', 'GRANT_LIFE_MS = minutes(20)', 'a grant lives ten minutes']],
  ),
  ...changesOf('otp', policy, growing, [
    ['GUESSES_IN_A_ROW = 100', 'GUESSES_IN_A_ROW = 110', 'a hundred in a row end what can be guessed'],
    ['GUESSES_AT_USUAL = 20', 'GUESSES_AT_USUAL = 25', 'six digits bear twenty guesses'],
    ['CROWD_GUESSES = 500', 'CROWD_GUESSES = 600', 'five hundred at everybody make codes longer'],
    ['CROWD_FACTOR = 5', 'CROWD_FACTOR = 10', 'five times the median is a flood'],
    ['guessedAt: 8', 'guessedAt: 7', 'a code that is guessed at has eight digits'],
    ['crowd: 10', 'crowd: 9', 'in a flood a code has ten digits'],
    ['beyondGuessing: 20', 'beyondGuessing: 19', 'beyond guessing are twenty digits'],
  ]),
];
