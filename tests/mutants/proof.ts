import { changesOf, type Mutant } from './mutant';

const unit = ['tests/unit/proof/proof.test.ts'];
const work = ['tests/security/rl-2-proof-of-work.test.ts'];
const half = ['tests/security/rl-2-half-budget.test.ts'];
const known = ['tests/security/rl-2-known-devices.test.ts'];
const server = ['tests/integration/server/proofs.test.ts'];
const proof = 'lib/proof/proof.ts';
const gate = 'lib/proof/gate.ts';
const marks = 'lib/proof/marks.ts';

export const proofMutants: readonly Mutant[] = [
  ...changesOf('proof', proof, unit, [
    ['|| expiresAt * 1000 <= now.getTime()', '', 'a challenge ends after five minutes'],
    ["['challenge', address]", "['challenge']", 'a challenge is one client’s'],
    [
      "if (solution || invalidSignature !== false) return { status: 'none' };",
      "if (solution) return { status: 'none' };",
      'a forged challenge is worth nothing',
    ],
    [
      'if (solution || invalidSignature !== false)',
      'if (invalidSignature !== false)',
      'a wrong solution is no unsolved challenge',
    ],
    ['sent.length > LONGEST', 'false', 'a long field is not parsed'],
  ]),
  ...changesOf('proof', gate, work, [
    ['AND NOT ${known} AND', 'AND', 'a known device is never asked'],
    ['|| proof.from > now)', ')', 'an unsolved challenge waits'],
    [
      "[wanted('proof', proof.id), ...wantedFrom(caller, 'proof-wait')]",
      "[wanted('proof', proof.id)]",
      'one in twenty seconds passes unsolved from one network',
    ],
    [
      "if (proof.status === 'solved') return [wanted('proof', proof.id)];",
      "if (proof.status === 'solved') return [];",
      'a solved challenge opens',
    ],
    ['FROM asks WHERE asks AND level', 'FROM asks WHERE level', 'a proof is used up only where one is asked for'],
    ['SELECT NOT asks OR COALESCE(', 'SELECT COALESCE(', 'below the marks nobody is asked'],
    [
      '>= ${crowdMark} * ${STRAINED_CROWD}',
      '> ${crowdMark} * 9 * ${STRAINED_CROWD}',
      'a flood of guesses asks strangers for work',
    ],
    ['>= ${FAILED_SIGN_INS}::int', '> 9 * ${FAILED_SIGN_INS}::int', 'a flood of sign-ins asks strangers for work'],
  ]),
  ...changesOf('proof', gate, half, [
    [
      '(NOT strained OR ${waited >= STRAINED_WAIT_MS})',
      'true',
      'in a flood a proof that waited little is worth nothing',
    ],
    [" AND (strained OR w.policy = 'proof')", '', 'a crowded network’s people do not wait for each other'],
  ]),
  ...changesOf('proof', gate, known, [['AND NOT refusing AND', 'AND', 'who is refused does no work for it']]),
  ...changesOf('proof', 'lib/proof/looked.ts', half, [
    [
      'AND spent >= half) AS doubled',
      'AND spent > half) AS doubled',
      'from half of an identifier’s number on it works',
    ],
  ]),
  ...changesOf('proof', gate, server, [
    [
      "if (proof.status === 'solved') return [wanted('proof', proof.id)];",
      "if (proof.status === 'solved') return [wanted('proof', `${proof.id}${Math.random()}`)];",
      'a proof opens once',
    ],
  ]),
  ...changesOf('proof', marks, work, [
    ['STRAINED_CLIENT = 0.8', 'STRAINED_CLIENT = 0.4', 'below four fifths a network is not asked'],
    ['STRAINED_CROWD = 0.5', 'STRAINED_CROWD = 0.7', 'at half of the threshold strangers are asked'],
    ['FAILED_SIGN_INS = 1_000', 'FAILED_SIGN_INS = 1_100', 'from a thousand failed sign-ins on strangers are asked'],
  ]),
  ...changesOf('proof', 'lib/limits/policies.ts', work, [
    ['windowMs: seconds(20)', 'windowMs: seconds(10)', 'an unsolved challenge waits twenty seconds'],
    ['work: 24,', 'work: 25,', 'from 24 wrong codes an hour on a network works'],
    ['work: 24,', 'work: 23,', 'below 24 wrong codes an hour a network does not work'],
    ['work: 40,', 'work: 41,', 'from 40 failed sign-ins an hour on a network works'],
    ['work: 40,', 'work: 39,', 'below 40 failed sign-ins an hour a network does not work'],
    ['work: 160,', 'work: 161,', 'from 160 failed sign-ins a day on a network works'],
  ]),
  ...changesOf('proof', 'lib/limits/policies.ts', half, [
    ['work: 20,', 'work: 21,', 'from twenty codes an hour on a network works'],
  ]),
  ...changesOf('proof', marks, unit, [
    ['TIMES = [1, 2, 4, 8, 10]', 'TIMES = [1, 2, 4, 8, 16]', 'the most work is ten times the least'],
  ]),
];
