import { changesOf, type Mutant } from './mutant';

const sessions = ['tests/integration/session/sessions.test.ts'];
const app = ['tests/integration/second-factor/app.test.ts'];
const enrolment = ['tests/integration/second-factor/enrolment.test.ts'];
const inbox = ['tests/integration/second-factor/inbox.test.ts'];
const fresh = ['tests/integration/admin/fresh-second-step.test.ts'];
const foreign = ['tests/security/ver-4-another-account.test.ts'];
const session = 'lib/session/sessions.ts';
const check = 'lib/second-factor/check.ts';
const enrol = 'lib/second-factor/enrol.ts';

export const sessionMutants: readonly Mutant[] = [
  ...changesOf('session', session, sessions, [
    ['AND s."expiresAt" > ${now}', '', 'a session ends'],
    ['AND (u.role <> \'admin\' OR s."lastSeenAt" > ${plus(now, -ADMIN_IDLE_MS)})', '', 'an idle admin’s session ends'],
    ['AND u."disabledAt" IS NULL AND s', 'AND s', 'disabling acts on the next request'],
    ['minutes(8 * 60)', 'minutes(9 * 60)', 'an admin’s session ends after eight hours'],
    ['ADMIN_IDLE_MS = minutes(30)', 'ADMIN_IDLE_MS = minutes(40)', 'an idle admin’s session ends after half an hour'],
    ['30 * DAY', '31 * DAY', 'a user’s session ends after 30 days'],
    ['SET "lastSeenAt" = ${now} FROM', 'SET "lastSeenAt" = s."lastSeenAt" FROM', 'use keeps an admin’s session'],
    [
      'DELETE FROM "Session" WHERE "tokenHash" = ${tokenHash(token)} RETURNING',
      'SELECT "userId" FROM "Session" WHERE "tokenHash" = ${tokenHash(token)} --',
      'signing out ends the session',
    ],
  ]),
  ...changesOf(
    'session',
    session,
    [...app, 'tests/security/flo-5-one-transaction.test.ts', ...sessions],
    [
      [
        "AND (role <> 'admin' OR ${provedAt}::timestamptz IS NOT NULL)",
        '',
        'no admin’s session without the second step',
      ],
      ['AND "passwordVersion" = ${who.passwordVersion}', '', 'a session is for the password that was proved'],
      ['AND role = ${who.role}::"Role"', '', 'a session is for the role that was proved'],
    ],
  ),
  ...changesOf(
    'session',
    'lib/session/devices.ts',
    [...sessions, 'tests/integration/server/concurrency.test.ts'],
    [['AND "passwordVersion" = ${who.passwordVersion}', '', 'a reset leaves no device behind']],
  ),
  ...changesOf(
    'session',
    'lib/session/return-path.ts',
    ['tests/unit/session/return-path.test.ts'],
    [
      ['url.origin !== BASE ||', '', 'another origin is no path'],
      ['|| /^\\/[/\\\\]/.test(url.pathname)', '', 'a path does not resolve to two slashes'],
      ['LONGEST = 500', 'LONGEST = 5000', 'a path is short'],
      ['path.length > LONGEST ? fallback : path', 'path', 'a path is short once it is encoded'],
    ],
  ),
  ...changesOf(
    'session',
    'lib/session/seal.ts',
    ['tests/unit/session/seal.test.ts', 'tests/security/cfg-3-cookies.test.ts'],
    [
      [
        'passwords(keyring, purpose, keyring.ids)',
        'passwords(keyring, purpose, [keyring.currentId])',
        'a rotated key opens what it sealed',
      ],
      ['keyring.key(id, purpose)', "keyring.key(id, 'flow')", 'each purpose has a key of its own'],
    ],
  ),
  ...changesOf('session', 'lib/session/admin.ts', fresh, [
    [
      "kind === 'destructive' && !isFresh(admin)",
      "kind === 'destructive' && isFresh(admin)",
      'a fresh second step is enough',
    ],
    [
      "if (kind === 'destructive' && !isFresh(admin)) redirect(secondStep(page));",
      '',
      'a destructive act wants a fresh second step',
    ],
    ["if (person.role !== 'admin') notFound();", '', 'only an admin acts'],
  ]),
  ...changesOf('second-factor', 'lib/second-factor/pending.ts', fresh, [
    ['FRESH_MS = minutes(10)', 'FRESH_MS = minutes(15)', 'fresh are ten minutes'],
    ['FRESH_MS = minutes(10)', 'FRESH_MS = minutes(5)', 'fresh are ten minutes'],
  ]),
  ...changesOf(
    'second-factor',
    'lib/second-factor/budget.ts',
    [...foreign, ...app],
    [
      [
        '{ in: [...caller.devices] }, userId }',
        '{ in: [...caller.devices] } }',
        'another account’s device has no budget of its own',
      ],
      ['budgets(device ? `device:${device.id}` : userId)', 'budgets(userId)', 'a known device has a budget of its own'],
      ["wanted('second-step-hour', subject), ", '', 'ten wrong ones an hour are heard'],
      [", wanted('second-step-day', subject)", '', 'thirty wrong ones a day are heard'],
    ],
  ),
  ...changesOf('second-factor', check, app, [
    ['lastStep: { lt: step }, ', '', 'a code of the app is taken once'],
    ['lastStep: step, ...sealed', '...sealed', 'a code of the app is taken once'],
    ['AND ${hash} = ANY("recoveryHashes")', '', 'a recovery code must be one of theirs'],
    ['array_remove("recoveryHashes", ${hash})', '"recoveryHashes"', 'a recovery code is gone with its use'],
    ["if (!spent.ok) return { status: 'refused', until: spent.until };", '', 'past its budget nothing is compared'],
    ['? {} : sealSecret(keyring, userId, secret)', '? {} : {}', 'the secret moves to the key that issues now'],
    ["if (!code.ok && !recovery) return { status: 'malformed' };", '', 'what is no code spends no try'],
  ]),
  ...changesOf('second-factor', check, inbox, [
    ['attempt.userId === userId ?', 'true ?', 'a code in the inbox is its owner’s'],
  ]),
  ...changesOf('second-factor', enrol, enrolment, [
    [
      "kind: 'enrol_second_factor', usedAt: null, expiresAt: { gt: now }",
      "kind: 'enrol_second_factor', usedAt: null",
      'an old word enrols nobody',
    ],
    [
      "kind: 'enrol_second_factor', usedAt: null, expiresAt",
      "kind: 'enrol_second_factor', expiresAt",
      'a used word is worth nothing',
    ],
    ['AND "usedAt" IS NULL AND "expiresAt" > ${now}', '', 'a word is used once'],
    ['WORD_LIFE_MS = days(7)', 'WORD_LIFE_MS = days(70)', 'a word waits seven days'],
    [
      "await tx.actionToken.deleteMany({ where: { userId, kind: 'enrol_second_factor' } });",
      '',
      'an older word is worth nothing',
    ],
    ['if (lastStep === null) {', 'if (false as boolean) {', 'the app’s first code must be right'],
  ]),
  ...changesOf(
    'second-factor',
    'lib/users/end-sign-ins.ts',
    ['tests/security/adm-5-second-step-cookie.test.ts'],
    [
      [
        'await tx.pendingSignIn.deleteMany({ where: { userId } });',
        '',
        'what waits for its second step ends with the sessions',
      ],
    ],
  ),
  ...changesOf('second-factor', 'lib/second-factor/totp.ts', app, [
    ['DRIFT_STEPS = 1', 'DRIFT_STEPS = 2', 'a phone may be half a minute off'],
    ['DRIFT_STEPS = 1', 'DRIFT_STEPS = 0', 'a phone may be half a minute off'],
  ]),
  ...changesOf('second-factor', 'lib/keys/sealed-text.ts', app, [
    ['key, iv).setAAD(Buffer.from(boundTo))', "key, iv).setAAD(Buffer.from(''))", 'a row opens for its own account'],
  ]),
];
