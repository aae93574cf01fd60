import { changesOf, type Mutant } from './mutant';

const grant = ['tests/security/flo-2-grant.test.ts'];
const once = ['tests/security/flo-5-one-transaction.test.ts'];
const reset = ['tests/integration/reset/reset.test.ts'];
const code = ['tests/integration/reset/code.test.ts'];
const notMe = ['tests/integration/reset/not-me.test.ts'];
const decoys = ['tests/security/enu-2-decoys.test.ts'];
const told = ['tests/integration/dispatch/who-is-told.test.ts'];
const growing = ['tests/security/ver-3-growing-codes.test.ts'];
const set = 'lib/reset/set-password.ts';
const request = 'lib/reset/request-code.ts';
const resend = 'lib/reset/resend-code.ts';
const guessing = 'lib/reset/tell-of-guessing.ts';

export const resetMutants: readonly Mutant[] = [
  ...changesOf('reset', set, told, [
    ['.filter((channel) => offered.includes(channel))', '', 'no notice is queued for a channel without a transport'],
    ["...(user.phoneVerifiedAt ? (['sms'] as const) : []),", '', 'every verified number is told'],
    ["...(user.emailVerifiedAt ? (['email'] as const) : []),", '', 'every verified address is told'],
  ]),
  ...changesOf('reset', set, grant, [
    ['row.grantExpiresAt > deps.clock.now() && !row.closedAt', '!row.closedAt', 'a grant ends after ten minutes'],
    ['|| !sameSecret(expected, flow.grant)', '', 'a grant’s secret must be right'],
    ["|| row.purpose !== 'password_reset'", '', 'only a reset’s grant sets a password'],
    ['|| row.user.disabledAt', '', 'a disabled account gets no password'],
  ]),
  ...changesOf(
    'reset',
    set,
    [...once, ...reset, 'tests/security/hole-parallel-verify.test.ts'],
    [
      [
        'closedAt: null, grantSpentAt: null, grantExpiresAt: { gt: now } },',
        'closedAt: null, grantExpiresAt: { gt: now } },',
        'a grant is spent once',
      ],
      ['if (spent.count !== 1) return null;', '', 'a grant is spent once'],
      ['const sessions = await endSignIns(tx, userId);', 'const sessions = 0;', 'every session ends'],
      ['await tx.device.deleteMany({ where: { userId } });', '', 'every device ends'],
      [
        'data: { passwordHash, passwordVersion: { increment: 1 } },',
        'data: { passwordHash },',
        'the password has a new version',
      ],
      [
        'where: { userId, id: { not: challengeId }, closedAt: null },',
        "where: { userId, id: '' },",
        'the other codes end',
      ],
    ],
  ),
  ...changesOf(
    'reset',
    set,
    ['tests/security/ver-4-known-device.test.ts'],
    [
      [
        'await tx.counter.deleteMany({ where: { key: signInKey(keyring, email) } });',
        '',
        'a reset ends the sign-in’s wait',
      ],
    ],
  ),
  ...changesOf(
    'reset',
    guessing,
    [...told, ...growing],
    [
      ['AND id IS DISTINCT FROM ${userId}::uuid', '', 'an owner who is an admin is told once'],
      ["AND role = 'admin' AND", 'AND', 'only admins are told beside the owner'],
      ["UNION ALL SELECT NULL, 'email' WHERE ${userId === null}", '', 'a decoy queues the same rows'],
      ['CASE WHEN ${userId !== null} THEN free.id END,', 'NULL::uuid,', 'the owner is told'],
    ],
  ),
  ...changesOf(
    'reset',
    request,
    [...decoys, 'tests/security/rl-2-sends.test.ts'],
    [
      ['reach IS NOT NULL AND NOT ${suppressed}', 'reach IS NOT NULL', 'past a limit nothing is sent'],
      ['AND u."disabledAt" IS NULL ${lockFree}', '${lockFree}', 'a disabled account gets a decoy'],
      ['WHERE reach IS NOT NULL AND', 'WHERE', 'who cannot be reached gets a decoy'],
      ['NOT EXISTS (SELECT FROM "Challenge" WHERE id = ${flow.challengeId})', 'true', 'a double click counts once'],
      [
        "'code_suppressed' ELSE 'code_requested'",
        "'code_requested' ELSE 'code_requested'",
        'what was not sent is written down as such',
      ],
    ],
  ),
  ...changesOf(
    'reset',
    request,
    ['tests/security/rl-2-fallback.test.ts'],
    [
      [
        'FROM length) IS NULL OR ${suppressed ||',
        'FROM length) IS NULL OR true OR ${suppressed ||',
        'what falls back to a channel never brings more than its number',
      ],
    ],
  ),
  ...changesOf(
    'reset',
    resend,
    [...code, 'tests/security/flo-4-independent.test.ts'],
    [
      ['SET sends = sends + 1, ${column} = ${now}', 'SET sends = sends + 1', 'the cooldown begins with each send'],
      ['SET sends = sends + 1, ${column} = ${now}', 'SET ${column} = ${now}', 'a challenge has five sends'],
      [
        '(SELECT digits FROM length), attempts, attempts,',
        '(SELECT digits FROM length), 0, 0,',
        'a successor inherits the tries',
      ],
      [
        'c SET "closedAt" = COALESCE(c."closedAt", ${now})',
        'c SET "closedAt" = c."closedAt"',
        'what was replaced is closed',
      ],
    ],
  ),
  ...changesOf('reset', resend, notMe, [
    [
      'RETURNING id, CASE WHEN "closedAt" IS NULL THEN "userId" END AS',
      'RETURNING id, "userId" AS',
      'a closed challenge gets a decoy',
    ],
  ]),
  ...changesOf(
    'reset',
    resend,
    ['tests/security/cfg-3-rotation.test.ts'],
    [['AND "keyId" = ANY(${[...keyring.ids]})', '', 'a code whose key is gone is not sent again']],
  ),
  ...changesOf('reset', 'lib/otp/policy.ts', code, [
    ['RESEND_COOLDOWN_MS = seconds(30)', 'RESEND_COOLDOWN_MS = seconds(10)', 'thirty seconds pass between two sends'],
    [
      'MIN_LIFE_FOR_RESEND_MS = minutes(3)',
      'MIN_LIFE_FOR_RESEND_MS = minutes(1)',
      'under three minutes a successor opens',
    ],
    ['MAX_SENDS = 5', 'MAX_SENDS = 6', 'a challenge has five sends'],
  ]),
];
