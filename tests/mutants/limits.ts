import { changesOf, type Mutant } from './mutant';

const sends = ['tests/security/rl-2-sends.test.ts'];
const pair = ['tests/security/rl-2-past-the-pair.test.ts'];
const refused = ['tests/security/ver-4-refused-network.test.ts'];
const foreign = ['tests/security/ver-4-another-account.test.ts'];
const known = ['tests/security/rl-2-known-devices.test.ts'];
const half = ['tests/security/rl-2-half-budget.test.ts'];
const count = 'lib/limits/count-hits.ts';
const policies = 'lib/limits/policies.ts';
const countSend = 'lib/reset/count-send.ts';
const sendLimits = 'lib/reset/send-limits.ts';

export const limitMutants: readonly Mutant[] = [
  ...changesOf('limits', count, sends, [
    [
      '<= ${since(\'EXCLUDED."windowMs"\')}',
      '< ${since(\'EXCLUDED."windowMs"\')}',
      'an hour later there is room again',
    ],
    ['- EXCLUDED.cap + 1]', '- EXCLUDED.cap]', 'a limit is exact'],
    [', true) AS room', ', true) OR true AS room', 'past a limit nothing passes'],
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
  ...changesOf(
    'limits',
    'lib/limits/blocked.ts',
    [...refused, ...known],
    [['devices.length === 0 ? key :', 'devices.length >= 0 ? key :', 'a refusal concerns no other browser']],
  ),
  ...changesOf('limits', countSend, refused, [
    [
      'blocked.until(networkKeys, caller, now)',
      'blocked.until(networkKeys, { ...caller, devices: [] }, now)',
      'a refused network’s known device is served',
    ],
  ]),
  ...changesOf('limits', 'lib/reset/verify-code.ts', refused, [
    [
      'blocked.until(budgets, caller, now)',
      'blocked.until(budgets, { ...caller, devices: [] }, now)',
      'a refused network’s known device has its code compared',
    ],
  ]),
  ...changesOf('limits', 'lib/limits/tell-once.ts', known, [
    ['PERIOD_MS = hours(1)', 'PERIOD_MS = hours(2)', 'an hour later a refusal is written down again'],
    ['NOT passed AND refusals = 1', 'NOT passed', 'a refusal is written down once an hour'],
  ]),
  ...changesOf(
    'limits',
    count,
    ['tests/security/rl-2-ipv6.test.ts'],
    [
      ['${row}.most) * ${row}.times)::int', '${row}.most))::int', 'a wider network bears more'],
      [', ...wider].map(', '].map(', 'the networks around an IPv6 client count too'],
    ],
  ),
  ...changesOf(
    'limits',
    'lib/limits/networks.ts',
    ['tests/unit/limits/networks.test.ts'],
    [
      ['bits: 56, times: 2', 'bits: 56, times: 3', 'a home bears twice the numbers'],
      ['bits: 48, times: 5', 'bits: 48, times: 6', 'an office bears five times the numbers'],
      ['bits: 56, times: 2', 'bits: 60, times: 2', 'a home is a /56'],
    ],
  ),
  ...changesOf('limits', countSend, pair, [
    [
      "${passed('network')} ${passed('own')}",
      "${passed('network')}",
      'requests past the pair use up nothing of the identifier',
    ],
  ]),
  ...changesOf(
    'limits',
    countSend,
    [...foreign, ...sends],
    [
      ['AND u.email = ${email} AND', 'AND', 'another account’s device has no send budget'],
      ["'known 2 own') ${passed('network')}", "'known 2 own')", 'a refused network uses up no pair'],
      ["part LIKE '3 %' ${passed('network')}", "part LIKE '3 %'", 'a refused network uses up no identifier'],
      [
        'SELECT * FROM own UNION ALL',
        "SELECT * FROM own WHERE key NOT LIKE 'send-pair:%' UNION ALL",
        'past the pair nothing is sent',
      ],
      [
        'SELECT * FROM own UNION ALL',
        "SELECT * FROM own WHERE key NOT LIKE 'send-device-%' UNION ALL",
        'past the device’s limit nothing is sent',
      ],
      [
        "(part LIKE 'known%') = ${device}",
        "(part LIKE 'known%') <= ${device}",
        'a known device counts in its own limits only',
      ],
      ['blocked.remember(row.refusedKeys ?? [], caller, row.refusedUntil, now);', '', 'a refusal is remembered'],
    ],
  ),
  ...changesOf('limits', countSend, half, [
    // For all but the rows of those who waited, `carries` would keep the code back as well.
    ['UNION ALL SELECT * FROM identifier', '', 'past the identifier’s limit nothing is sent'],
    ["AND (part <> '3 waited' OR ${waits}) ", '', 'whoever works is not counted as waiting'],
  ]),
  ...changesOf('limits', sendLimits, sends, [
    ["[wanted('send-device-hour', ''), ", '[', 'a known device has an end too'],
  ]),
  ...changesOf('limits', sendLimits, known, [
    ["...part('known 1 network', networks.known),", '', 'a network’s known devices have an end too'],
  ]),
  ...changesOf('limits', sendLimits, half, [
    ['WAITED_PART = 1 / 8', 'WAITED_PART = 1 / 4', 'two an hour wait their way past half'],
  ]),
  ...changesOf(
    'limits',
    sendLimits,
    ['tests/security/rl-5-spellings.test.ts'],
    [['foldedEmail(email)', 'email', 'spellings of one address share their limits']],
  ),
  ...changesOf('limits', policies, sends, [
    ['most: 200,\n    work: 20,', 'most: 201,\n    work: 20,', 'two hundred an hour come from one network'],
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
      ['most: 90,', 'most: 91,', 'ninety wrong codes an hour come from one network'],
      ['most: 100,\n    work: 80,', 'most: 101,\n    work: 80,', 'a hundred wrong codes a day come from one network'],
    ],
  ),
  ...changesOf('limits', policies, known, [
    [
      'most: 200,\n    windowMs: hours(1),',
      'most: 201,\n    windowMs: hours(1),',
      'a network’s known devices ask two hundred times an hour',
    ],
    [
      'most: 100,\n    windowMs: hours(1),',
      'most: 101,\n    windowMs: hours(1),',
      'a network’s known devices type a hundred wrong codes an hour',
    ],
    [
      'most: 500,\n    windowMs: hours(1),',
      'most: 501,\n    windowMs: hours(1),',
      'a network’s known devices fail to sign in five hundred times an hour',
    ],
  ]),
];
