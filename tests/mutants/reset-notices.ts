import { changesOf, type Mutant } from './mutant';

const reset = ['tests/integration/reset/reset.test.ts'];
const notMe = ['tests/integration/reset/not-me.test.ts'];
const dead = ['tests/integration/reset/not-me-dead.test.ts'];
const dispute = ['tests/integration/reset/dispute.test.ts'];
const decoys = ['tests/security/enu-2-decoys.test.ts'];
const act = 'lib/reset/not-me.ts';
const undo = 'lib/reset/dispute-password.ts';

export const noticeMutants: readonly Mutant[] = [
  ...changesOf(
    'reset',
    'lib/reset/reach.ts',
    [...reset, ...decoys, ...dispute],
    [
      [
        '${verified[channel]} IS NOT NULL AND ${trusted(channel)}',
        '${trusted(channel)}',
        'only a verified channel carries a code',
      ],
      ['IS NOT NULL AND ${trusted(channel)} THEN', 'IS NOT NULL THEN', 'a disputed channel carries no code'],
      [
        "wanted === 'email' ? ['email', 'sms'] : ['sms', 'email']",
        "['email', 'sms']",
        'the wanted channel comes first',
      ],
    ],
  ),
  ...changesOf(
    'reset',
    act,
    [...notMe, ...dead],
    [
      ['row.expiresAt <= clock.now()', 'false', 'a link ends after seven days'],
      [
        "if (!found || found.usedAt) return { status: 'dead' };",
        "if (!found) return { status: 'dead' };",
        'a used link shows nothing',
      ],
      ['found.passwordVersion === found.currentVersion', 'true', 'a link is for its password’s version'],
      ['AND ("usedAt" IS NULL OR "usedAt" > ${plus(now, -REPEAT_MS)})', '', 'a link closes once'],
      ['held."closedAt" IS NULL AND', '', 'a closed challenge is closed once'],
      ['t."tokenHash" = ${tokenHash(typed)}', 't."tokenHash" = ${typed}', 'a link is found by its hash'],
    ],
  ),
  ...changesOf(
    'reset',
    undo,
    [...dispute, ...dead, 'tests/integration/reset/dispute-no-channel.test.ts'],
    [
      [
        'if (token.passwordVersion !== person.passwordVersion)',
        'if (false as boolean)',
        'only the latest password is undone',
      ],
      ['passwordHash: null,\n', '', 'the disputed password is stopped'],
      ['DISTRUST_MS = days(1)', 'DISTRUST_MS = days(0)', 'the disputed channel carries no code for a day'],
      ['reaches(person, one) && !distrusted.includes(one)', 'reaches(person, one)', 'the code goes by another channel'],
      ["OR status IN ('sending', 'sent', 'delivered'))", 'AND false)', 'every channel that was tried counts as used'],
      [
        'return rows.length > 0 ? rows.map((row) => row.channel) : both;',
        'return rows.map((row) => row.channel);',
        'without a record every channel counts as used',
      ],
      ['await tx.device.deleteMany({ where: { userId } });', '', 'every device ends'],
    ],
  ),
  ...changesOf(
    'reset',
    'lib/reset/ask-operators.ts',
    ['tests/integration/reset/dispute-no-channel.test.ts'],
    [
      ['id: { not: about.userId } },', '},', 'the mailbox in doubt is not asked'],
      ["if (!offered.includes('email')) return [];", '', 'without mail nobody is asked'],
      ['disabledAt: null, emailVerifiedAt: { not: null },', '', 'only who can be reached is asked'],
    ],
  ),
];
