import { changesOf, type Mutant } from './mutant';

const sends = ['tests/security/rl-2-sends.test.ts'];
const pair = ['tests/security/rl-2-past-the-pair.test.ts'];
const refused = ['tests/security/ver-4-refused-network.test.ts'];
const foreign = ['tests/security/ver-4-another-account.test.ts'];
const signIns = ['tests/security/log-1-sign-in.test.ts'];
const backs = ['tests/security/ver-5-given-back.test.ts'];
const count = 'lib/limits/count-hits.ts';
const policies = 'lib/limits/policies.ts';
const countSend = 'lib/reset/count-send.ts';
const signIn = 'lib/session/sign-in-limits.ts';

export const limitMutants: readonly Mutant[] = [
  ...changesOf('limits', count, sends, [
    [
      'room = Prisma.sql`COALESCE(${blocking} <=',
      'room = Prisma.sql`COALESCE(${blocking} <',
      'an hour later there is room again',
    ],
    ['- EXCLUDED.most + 1]', '- EXCLUDED.most]', 'a limit is exact'],
    ['COALESCE(${blocking}', 'COALESCE(NULLIF(${blocking}, ${blocking})', 'past a limit nothing passes'],
    ['WHERE "full" OR NOT stopped', '', 'where one limit is full, the others are not counted'],
    ['ELSE "Counter".hits END', 'ELSE "Counter".hits || EXCLUDED.hits END', 'what is refused is not counted'],
  ]),
  ...changesOf(
    'limits',
    count,
    ['tests/integration/server/guess-locks.test.ts'],
    [['ORDER BY w.key', 'ORDER BY w.key DESC', 'rows are locked in the order of their keys']],
  ),
  ...changesOf(
    'limits',
    count,
    ['tests/integration/admin/limits.test.ts'],
    [
      [
        '(SELECT o.most FROM "LimitOverride" o',
        '(SELECT NULL::int FROM "LimitOverride" o',
        'the number that an admin set holds',
      ],
    ],
  ),
  ...changesOf(
    'limits',
    'lib/limits/blocked.ts',
    [...refused, ...sends],
    [
      ['&& entry.until > now', '', 'a refusal that ends within five seconds ends on time'],
      ['BELIEVED_MS = seconds(5)', 'BELIEVED_MS = seconds(50)', 'an unblocking is felt within five seconds'],
      [
        'if (entry && entry.believedUntil > now && entry.until > now) return entry.until;',
        '',
        'a refusal is repeated without the database',
      ],
    ],
  ),
  ...changesOf('limits', countSend, refused, [
    ['caller.devices.length > 0 ? null : ', '', 'a refused network’s known device is served'],
  ]),
  ...changesOf('limits', 'lib/reset/verify-code.ts', refused, [
    ['caller.devices.length > 0 ? null : ', '', 'a refused network’s known device has its code compared'],
  ]),
  ...changesOf('limits', signIn, refused, [
    ['caller.devices.length > 0 ? null : ', '', 'a refused network’s known device signs in'],
  ]),
  ...changesOf('limits', countSend, pair, [
    [
      "${passed('address')} ${passed('pair')}",
      "${passed('address')}",
      'requests past the pair use up nothing of the identifier',
    ],
  ]),
  ...changesOf(
    'limits',
    countSend,
    [...foreign, ...sends],
    [
      ['AND u.email = ${email} AND', 'AND', 'another account’s device has no send budget'],
      ["part('device', [wanted('send-device-hour', ''), ", "part('device', [", 'a known device has an end too'],
      ["of('2 pair', passed('address'))", "of('2 pair', Prisma.empty)", 'a refused network uses up no pair'],
      [
        "${of('3 identifier', Prisma.sql`${passed('address')}",
        "${of('3 identifier', Prisma.sql`",
        'a refused network uses up no identifier',
      ],
      ['NOT EXISTS (SELECT FROM pair WHERE NOT passed) AND', '', 'past the pair nothing is sent'],
      ['AND NOT EXISTS (SELECT FROM identifier WHERE NOT passed)', '', 'past the identifier’s limit nothing is sent'],
      ['AND NOT EXISTS (SELECT FROM own WHERE NOT passed)', '', 'past the device’s limit nothing is sent'],
      ["(part = 'device') = ${device} AND", '', 'a known device counts in its own limits only'],
      ['blocked.remember(addressKey, row.refusedUntil, now);', '', 'a refusal is remembered'],
    ],
  ),
  ...changesOf(
    'limits',
    countSend,
    ['tests/security/rl-5-spellings.test.ts'],
    [['foldedEmail(email)', 'email', 'spellings of one address share their limits']],
  ),
  ...changesOf('limits', policies, sends, [
    ["by: 'address',\n    most: 20,", "by: 'address',\n    most: 21,", 'twenty an hour come from one network'],
    [
      "by: 'identifier and address',\n    most: 5,",
      "by: 'identifier and address',\n    most: 6,",
      'five an hour go from one network to one address',
    ],
    [
      "most: 10,\n    windowMs: hours(1),\n    past: 'suppressed'",
      "most: 12,\n    windowMs: hours(1),\n    past: 'suppressed'",
      'a known device asks ten times an hour',
    ],
  ]),
  ...changesOf(
    'limits',
    policies,
    ['tests/security/ver-5-many-accounts.test.ts'],
    [
      [
        'most: 30,\n    windowMs: hours(1),',
        'most: 31,\n    windowMs: hours(1),',
        'thirty wrong codes an hour come from one network',
      ],
      [
        'most: 100,\n    windowMs: days(1),',
        'most: 101,\n    windowMs: days(1),',
        'a hundred wrong codes a day come from one network',
      ],
    ],
  ),
  ...changesOf('limits', signIn, signIns, [
    ['FREE_FAILURES = 5', 'FREE_FAILURES = 6', 'five failures cost no wait'],
    ['LONGEST_WAIT_MS = minutes(15)', 'LONGEST_WAIT_MS = minutes(60)', 'the wait is fifteen minutes at most'],
    ['LEAST(power(2, ${failures}', 'LEAST(power(1, ${failures}', 'the wait doubles'],
    ['"Counter".until <= ${now} OR', '', 'the wait ends'],
    ['AND NOT EXISTS (SELECT FROM address WHERE NOT passed)', '', 'a refused network counts at no account'],
    ['SET points = 0, until = NULL', 'SET until = NULL', 'a success begins the count anew'],
    ['GREATEST(points - 1, 0), until = NULL', 'points, until = NULL', 'what was never decided is not counted'],
    ["COALESCE((SELECT 'sign-in-device:' || id::text FROM device), ", '(', 'a known device has a count of its own'],
    ["if (!row.heard) return { status: 'waiting' };", '', 'who must wait is not heard'],
  ]),
  ...changesOf('limits', signIn, foreign, [
    ['AND u.email = ${email} AND', 'AND', 'another account’s device has no count of its own'],
  ]),
  ...changesOf('limits', signIn, backs, [
    [
      'WHERE ${gateOpen} AND NOT ${device}`, now)',
      'WHERE ${gateOpen}`, now)',
      'a device is not counted for its network',
    ],
    ["AND ${failuresKey} NOT LIKE 'sign-in-device:%' AND", 'AND', 'a device gives nothing back to its network'],
    [
      "EXISTS (SELECT FROM cleared WHERE key NOT LIKE 'sign-in-device:%')",
      'EXISTS (SELECT FROM cleared)',
      'a device gives nothing back to the site',
    ],
    ['FROM heard\n      WHERE NOT ${device}', 'FROM heard', 'a device is not counted for the site'],
    ['hits[:cardinality(hits) - 1]', 'hits[:cardinality(hits) - 2]', 'a success gives back one hit'],
    ['SET points = points - 1\n', 'SET points = points - 2\n', 'a success gives the site one back'],
  ]),
];
