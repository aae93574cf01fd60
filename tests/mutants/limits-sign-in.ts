import { changesOf, type Mutant } from './mutant';

const refused = ['tests/security/ver-4-refused-network.test.ts'];
const foreign = ['tests/security/ver-4-another-account.test.ts'];
const signIns = ['tests/security/log-1-sign-in.test.ts', 'tests/security/log-1-refused-network.test.ts'];
const backs = ['tests/security/ver-5-given-back.test.ts'];
const known = ['tests/security/rl-2-known-devices.test.ts'];
const policies = 'lib/limits/policies.ts';
const signIn = 'lib/session/sign-in-limits.ts';

export const signInLimitMutants: readonly Mutant[] = [
  ...changesOf('limits', signIn, refused, [
    [
      'blocked.until(budgetKeys, caller, now)',
      'blocked.until(budgetKeys, { ...caller, devices: [] }, now)',
      'a refused network’s known device signs in',
    ],
  ]),
  ...changesOf('limits', policies, signIns, [
    ['most: 500,\n    work: 40,', 'most: 501,\n    work: 40,', 'five hundred failures an hour come from one network'],
  ]),
  ...changesOf('limits', signIn, signIns, [
    ['FREE_FAILURES = 5', 'FREE_FAILURES = 6', 'five failures cost no wait'],
    ['LONGEST_WAIT_MS = minutes(15)', 'LONGEST_WAIT_MS = minutes(60)', 'the wait is fifteen minutes at most'],
    ['LEAST(power(2, failures', 'LEAST(power(1, failures', 'the wait doubles'],
    ['"Counter".until <= ${now} OR', '', 'the wait ends'],
    ['AND NOT EXISTS (SELECT FROM address WHERE NOT passed)', '', 'a refused network counts at no account'],
    ['SET points = 0, until = NULL', 'SET until = NULL', 'a success begins the count anew'],
    ['SET points = points - 1, until', 'SET points = points, until', 'what was never decided is not counted'],
    ["COALESCE((SELECT 'sign-in-device:' || id::text FROM device), ", '(', 'a known device has a count of its own'],
    ["if (!row.heard) return { status: 'waiting' };", '', 'who must wait is not heard'],
  ]),
  ...changesOf('limits', signIn, foreign, [
    ['AND u.email = ${email} AND', 'AND', 'another account’s device has no count of its own'],
  ]),
  ...changesOf('limits', signIn, backs, [
    [
      'WHERE ${gateOpen} AND ${device} = (${ofKnown})`, now)',
      'WHERE ${gateOpen}`, now)',
      'a device is not counted for its network',
    ],
    [
      'budgetKeys.filter((key) => key.startsWith(knownMark) === ofDevice)',
      'budgetKeys',
      'a device gives nothing back to its network',
    ],
    [
      "EXISTS (SELECT FROM cleared WHERE key NOT LIKE 'sign-in-device:%')",
      'EXISTS (SELECT FROM cleared)',
      'a device gives nothing back to the site',
    ],
    ['WHERE passed AND NOT ${device}', 'WHERE passed', 'a device is not counted for the site'],
    [
      '- 1] WHERE key IN (SELECT key FROM held)\n  ), cleared',
      '- 2] WHERE key IN (SELECT key FROM held)\n  ), cleared',
      'a success gives back one hit',
    ],
    [
      'hour AS (\n    UPDATE "Counter" SET points = points - 1',
      'hour AS (\n    UPDATE "Counter" SET points = points - 2',
      'a success gives the site one back',
    ],
  ]),
  ...changesOf('limits', signIn, known, [
    [
      ", 'sign-in-known-address'] as const)",
      '] as const)',
      'the failures of a network’s known devices have an end too',
    ],
  ]),
  ...changesOf(
    'limits',
    signIn,
    ['tests/security/log-1-bookkeeping.test.ts'],
    [
      [
        '- 1] WHERE key IN (SELECT key FROM held)\n    ), undone',
        '- 2] WHERE key IN (SELECT key FROM held)\n    ), undone',
        'what was never decided gives back one hit',
      ],
      ['THEN NULL ELSE until END', 'THEN until ELSE until END', 'what was never decided makes nobody wait'],
      [
        ')\n    UPDATE "Counter" SET points = points - 1',
        ')\n    UPDATE "Counter" SET points = points - 2',
        'what was never decided gives the site one back',
      ],
    ],
  ),
];
