import { changesOf, type Mutant } from './mutant';

const unit = ['tests/unit/proof/proof.test.ts'];
const work = ['tests/security/rl-2-proof-of-work.test.ts'];
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
      "[wanted('proof', proof.id), wanted('proof-wait', caller.address)]",
      "[wanted('proof', proof.id)]",
      'one in twenty seconds passes unsolved from one network',
    ],
    [
      "if (proof.status === 'solved') return [wanted('proof', proof.id)];",
      "if (proof.status === 'solved') return [];",
      'a solved challenge opens',
    ],
    ['WHERE (SELECT asks FROM asks)', 'WHERE true', 'a proof is used up only where one is asked for'],
    ['SELECT NOT asks OR COALESCE(', 'SELECT COALESCE(', 'below the marks nobody is asked'],
    [
      '>= ${crowdMark} * ${STRAINED_CROWD}',
      '> ${crowdMark} * 9 * ${STRAINED_CROWD}',
      'a flood of guesses asks strangers for work',
    ],
    ['>= ${FAILED_SIGN_INS}::int', '> 9 * ${FAILED_SIGN_INS}::int', 'a flood of sign-ins asks strangers for work'],
  ]),
  ...changesOf('proof', gate, server, [
    [
      "if (proof.status === 'solved') return [wanted('proof', proof.id)];",
      "if (proof.status === 'solved') return [wanted('proof', `${proof.id}${Math.random()}`)];",
      'a proof opens once',
    ],
  ]),
  ...changesOf('proof', marks, work, [
    ['STRAINED_CLIENT = 0.8', 'STRAINED_CLIENT = 0.9', 'past four fifths a network is asked'],
    ['STRAINED_CROWD = 0.5', 'STRAINED_CROWD = 0.7', 'at half of the threshold strangers are asked'],
    ['FAILED_SIGN_INS = 1_000', 'FAILED_SIGN_INS = 1_100', 'from a thousand failed sign-ins on strangers are asked'],
  ]),
  ...changesOf('proof', 'lib/limits/policies.ts', work, [
    ['windowMs: seconds(20)', 'windowMs: seconds(10)', 'an unsolved challenge waits twenty seconds'],
  ]),
];
