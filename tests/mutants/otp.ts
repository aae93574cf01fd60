import { changesOf, type Mutant } from './mutant';

const growing = ['tests/security/ver-3-growing-codes.test.ts'];
const crowd = ['tests/security/ver-3-crowd.test.ts'];
const backs = ['tests/security/ver-5-given-back.test.ts'];
const known = ['tests/security/rl-2-known-devices.test.ts'];
const accounts = ['tests/security/ver-5-many-accounts.test.ts'];
const code = ['tests/integration/reset/code.test.ts'];
const whole = ['tests/security/ver-3-whole-code.test.ts'];
const locks = ['tests/integration/server/guess-locks.test.ts'];

const attempt = 'lib/otp/attempt.ts';
const derive = 'lib/otp/derive.ts';
const derived = ['tests/unit/otp/code-parts.test.ts'];

export const otpMutants: readonly Mutant[] = [
  ...changesOf('otp', attempt, code, [
    ['AND attempts < "maxAttempts"', '', 'a challenge has five tries'],
    ['"expiresAt" > ${now} AND (', '(', 'a code dies after ten minutes'],
    ['SET attempts = attempts + 1', 'SET attempts = attempts', 'each try is spent'],
    ["if (view.expiresAt <= now) return { status: 'expired' };", '', 'an old code is told from a used-up one'],
  ]),
  ...changesOf(
    'otp',
    attempt,
    ['tests/security/hole-past-expiry.test.ts', ...code],
    [['"consumedAt" > ${plus(now, -REPEAT_MS)}', '"consumedAt" IS NOT NULL', 'a right code repeats for 30 s only']],
  ),
  ...changesOf(
    'otp',
    attempt,
    ['tests/integration/second-factor/inbox.test.ts', ...code],
    [['purpose = ${purpose}::"ChallengePurpose"', 'true', 'a code serves one purpose']],
  ),
  ...changesOf(
    'otp',
    attempt,
    ['tests/security/flo-4-independent.test.ts', 'tests/integration/reset/not-me.test.ts'],
    [['AND "closedAt" IS NULL', '', 'a closed challenge proves nothing']],
  ),
  ...changesOf(
    'otp',
    attempt,
    ['tests/security/enu-2-decoys.test.ts'],
    [['&& row.userId !== null;', ';', 'a decoy’s own code fits nobody']],
  ),
  ...changesOf('otp', attempt, crowd, [
    ['(known OR digits >=', '(digits >=', 'a known device’s short code is compared in any flood'],
  ]),
  ...changesOf('otp', attempt, growing, [
    ['OR digits >= ${DIGITS.crowd} OR', 'OR', 'a long code is compared in any flood'],
    ['earlier + hour < mark * ${CROWD_STOP_FACTOR}::float8', 'true', 'a code that is too short spends no try'],
    ['earlier + hour < mark * ${CROWD_STOP_FACTOR}', 'earlier + hour < mark * 9', 'the stop comes at 1.5 times'],
    ['points = "Counter".points + 1, "expiresAt"', '"expiresAt"', 'wrong guesses in a row are counted'],
    ['row.inARow === GUESSES_IN_A_ROW', 'row.inARow >= GUESSES_IN_A_ROW', 'guessing is told once'],
    ['row.inARow === GUESSES_IN_A_ROW', 'row.inARow === GUESSES_IN_A_ROW + 1', 'it is told at the hundredth'],
    ['!right && row.inARow', 'right && row.inARow', 'a wrong guess is told, not a right one'],
    ['SET points = 0, since = ${now}', 'SET since = ${now}', 'a success ends the guesses in a row'],
    ['SET points = 0, since = ${now}', 'SET points = 0', 'a success begins the count anew'],
  ]),
  ...changesOf(
    'otp',
    attempt,
    ['tests/integration/server/limits.test.ts'],
    [['row.crowd > row.mark * CROWD_STOP_FACTOR', 'row.crowd < 0', 'the stop holds to the last guess']],
  ),
  ...changesOf('otp', attempt, backs, [
    [
      'EXISTS (SELECT FROM target WHERE known = ${ofKnown})',
      'EXISTS (SELECT FROM target)',
      'a device is not counted for its network',
    ],
    ['FROM target WHERE NOT known AND EXISTS', 'FROM target WHERE EXISTS', 'a device is not counted for the site'],
    [
      'held) AND EXISTS (SELECT FROM opened WHERE known = ${ofKnown})',
      'held) AND EXISTS (SELECT FROM opened)',
      'a device gives nothing back to its network',
    ],
    [
      'points > 0 AND EXISTS (SELECT FROM opened WHERE NOT known)',
      'points > 0 AND EXISTS (SELECT FROM opened)',
      'a device gives nothing back to the site',
    ],
    ['hits[:cardinality(hits) - 1]', 'hits[:cardinality(hits) - 2]', 'a success gives back one hit'],
    ['hits[:cardinality(hits) - 1]', 'hits', 'a success gives its hit back'],
    ['SET points = points - 1', 'SET points = points - 2', 'a success gives the site one back'],
    ['SET points = points - 1', 'SET points = points', 'a success gives the site its guess back'],
  ]),
  ...changesOf('otp', attempt, accounts, [
    ['AND NOT EXISTS (SELECT FROM address WHERE NOT passed)', '', 'a refused network spends nobody’s tries'],
    ['if (row.refusedUntil) return', 'if (false as boolean) return', 'a refused network is told so'],
    ["${writeRefusal('address', 'guess_refused', caller, now, id)}", 'SELECT', 'a refusal is written down'],
  ]),
  ...changesOf('otp', attempt, known, [
    [
      "[...strangers, 'guess-known-address' as const].flatMap",
      '[...strangers].flatMap',
      'the wrong codes of a network’s known devices have an end too',
    ],
  ]),
  ...changesOf('otp', attempt, locks, [
    ['ORDER BY key FOR UPDATE', 'ORDER BY key DESC FOR UPDATE', 'rows are locked in one order'],
    ['(SELECT count(*) FROM held) >= 0 AND id', 'id', 'the network’s rows are locked before the challenge'],
  ]),
  ...changesOf(
    'otp',
    attempt,
    ['tests/security/aud-1-trail.test.ts'],
    [
      [
        "'code_wrong' : 'code_exhausted'",
        "'code_exhausted' : 'code_wrong'",
        'the last wrong try is told from the others',
      ],
      ['THEN ${verified} ELSE ${otherwise}', 'THEN ${otherwise} ELSE ${verified}', 'a proof is written down as one'],
    ],
  ),
  ...changesOf('otp', derive, derived, [
    ['10n ** BigInt(source.digits)', '10n ** 6n', 'a code has as many digits as its row says'],
    [".padStart(source.digits, '0')", '', 'leading zeros are kept'],
    ["source.userId ?? '', String(source.digits)]", "source.userId ?? '']", 'the length is part of the code'],
    ["source.purpose, source.userId ?? '', String", "source.userId ?? '', String", 'the purpose is part of the code'],
    [
      "source.nonce, source.purpose, source.userId ?? '', String",
      "source.purpose, source.userId ?? '', String",
      'the nonce is part of the code',
    ],
    ["source.purpose, source.userId ?? '', String", 'source.purpose, String', 'the user is part of the code'],
  ]),
  ...changesOf('otp', derive, whole, [
    [
      'left.length === right.length && timingSafeEqual(left, right)',
      'timingSafeEqual(left.subarray(0, 6), right.subarray(0, 6))',
      'more than the first six digits are compared',
    ],
    [
      'left.length === right.length && timingSafeEqual(left, right)',
      'left.every((byte, at) => byte === right[at])',
      'digits behind the right code make it wrong',
    ],
    [
      'left.length === right.length && timingSafeEqual(left, right)',
      'right.every((byte, at) => byte === left[at])',
      'a part of the right code is wrong',
    ],
    [
      'left.length === right.length && timingSafeEqual(left, right)',
      'a.endsWith(b)',
      'the end of the right code is wrong',
    ],
  ]),
  ...changesOf(
    'otp',
    'lib/otp/read-code.ts',
    ['tests/unit/otp/read-code.test.ts', ...whole],
    [
      ['{6,20}', '{6,30}', 'more than twenty digits are no code'],
      ['{6,20}', '{1,20}', 'fewer than six digits are no code'],
      ['{6,20}', '{6,10}', 'a code may have twenty digits'],
      ["typeof input !== 'string' || ", '', 'only a string is a code'],
      ["if (digits === '')", "if (input === '')", 'spaces alone are an empty field'],
    ],
  ),
];
