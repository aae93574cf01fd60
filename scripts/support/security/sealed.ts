/** What a browser holds under a seal of ours, or as a random word of which a row keeps the hash. */
type Sealed = {
  name: string;
  /** What whoever holds a copy may do. */
  grants: string;
  /** The row that it is worth nothing without. */
  row: string;
  ends: string;
  shownBy: readonly string[];
};

export const sealed: readonly Sealed[] = [
  {
    name: 'session cookie (`lib/session/current.ts`)',
    grants: 'what its user may',
    row: '`Session`, by the token’s hash',
    ends: 'signing out; a second sign-in in the same browser; a new password, a dispute, disabling, a change of role, a reset of the second factor; 30 days, of admins 8 hours or 30 idle minutes. A dead one is not renewed',
    shownBy: ['tests/integration/session/sessions.test.ts', 'tests/e2e/next-auth-garbage.with-javascript.spec.ts'],
  },
  {
    name: 'second step’s cookie (`lib/session/second-step.ts`)',
    grants:
      'to type a code where the password was right; while an app is set up, to see its secret; once it is, the recovery codes, once, and a session',
    row: '`PendingSignIn`: spent by the statement that makes the session; from the app’s first code on no copy shows its secret',
    ends: 'its session, once; signing out anywhere; a new password, disabling, a change of role, a reset of the second factor, signing out everywhere; 15 minutes',
    shownBy: ['tests/security/adm-5-second-step-cookie.test.ts'],
  },
  {
    name: 'flow cookie before the proof (`lib/session/flow-cookie.ts`)',
    grants: 'to type a code for its challenge, and to have it sent again, within their limits',
    row: '`Challenge`: attempts, sends, `closedAt`',
    ends: 'five tries; the right code; a new password by another flow, “This wasn’t me”, disabling; ten minutes',
    shownBy: ['tests/security/flo-1-swapped.test.ts', 'tests/integration/reset/code.test.ts'],
  },
  {
    name: 'flow cookie after the proof',
    grants: 'to set that user’s password, once',
    row: '`Challenge`: `grantSpentAt`, `closedAt`',
    ends: 'the new password, by this or another flow; a dispute; disabling; ten minutes',
    shownBy: ['tests/security/flo-2-grant.test.ts', 'tests/security/flo-2-cookie.spec.ts'],
  },
  {
    name: 'device cookie (`lib/session/device-cookie.ts`)',
    grants:
      'budgets of its own for sends, codes and sign-ins, and the truth about its own messages; it signs nobody in',
    row: '`Device`, one for each account',
    ends: 'a new password, a dispute, disabling; a year after the last sign-in, when the row is purged',
    shownBy: ['tests/security/ver-4-known-device.test.ts', 'tests/security/log-1-bookkeeping.test.ts'],
  },
  {
    name: 'proof of work (`lib/proof/proof.ts`)',
    grants: 'one act of a strained client, at the network that it was made for',
    row: '`Counter`, by its nonce',
    ends: 'its use; five minutes',
    shownBy: ['tests/security/rl-2-proof-of-work.test.ts', 'tests/integration/server/proofs.test.ts'],
  },
  {
    name: 'sealed search (`lib/session/sealed-search.ts`)',
    grants: 'nothing: an admin’s session opens the page, and the seal only keeps an address out of logs and histories',
    row: 'none; the `Session` of who opens it',
    ends: 'one day',
    shownBy: ['tests/security/adm-1-matrix.spec.ts', 'tests/unit/session/seal.test.ts'],
  },
  {
    name: 'link of a mail (`lib/keys/not-me.ts`), enrolment word',
    grants: 'to cancel a code, to stop a new password; to set up the app of an admin whose password was right',
    row: '`ActionToken`, by its hash',
    ends: 'its use; a newer password or word; 10 minutes, 7 days',
    shownBy: ['tests/integration/reset/not-me-dead.test.ts', 'tests/integration/second-factor/enrolment.test.ts'],
  },
];
