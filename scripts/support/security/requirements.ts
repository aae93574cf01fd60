import { adminRequirements } from './admin-requirements';

/**
 * What docs/security.md lists. A requirement's own tests are the files of tests/security whose names begin with its id.
 */
export type Requirement = {
  id: string;
  /** In one sentence, what holds. */
  says: string;
  /** Most implementations get it wrong: it has a file of its own. */
  marked?: true;
  /** Test files that show it beside those in tests/security, or in their place. */
  also?: readonly string[];
};

export const requirements: readonly Requirement[] = [
  {
    id: 'GEN-1',
    says: 'Codes are uniform over their whole range, leading zeros included.',
    also: ['tests/unit/otp/derive.test.ts'],
  },
  {
    id: 'GEN-2',
    says: 'No code is stored in a form that the database alone can turn back.',
    also: ['tests/integration/reset/nothing-stored.test.ts', 'tests/integration/reset/code.test.ts'],
  },
  {
    id: 'GEN-3',
    says: 'A code dies ten minutes after its first issue; a resend never extends it.',
    also: ['tests/integration/reset/code.test.ts'],
  },
  {
    id: 'GEN-4',
    says: 'One grant is ever spendable: twenty right codes at once set one password.',
    also: ['tests/integration/server/concurrency.test.ts'],
  },
  {
    id: 'GEN-5',
    says: 'A code belongs to one challenge, one person, one purpose.',
    also: ['tests/integration/reset/code.test.ts', 'tests/unit/otp/derive.test.ts'],
  },
  {
    id: 'VER-1',
    says: 'Attempts and budgets are spent before comparing, in one conditional statement.',
    also: ['tests/integration/server/concurrency.test.ts', 'tests/integration/server/limits.test.ts'],
  },
  { id: 'VER-2', says: 'A challenge has five tries.', also: ['tests/integration/reset/code.test.ts'] },
  {
    id: 'VER-3',
    says: 'Guesses at each code length stay within that length’s budget, whoever guesses from wherever; nobody is locked out.',
    marked: true,
    also: ['tests/integration/server/limits.test.ts'],
  },
  { id: 'VER-4', says: 'Guessing never stops a sign-in; a known device has buckets of its own.', marked: true },
  { id: 'VER-5', says: 'Guessing across accounts meets budgets per network and for all.', marked: true },
  {
    id: 'VER-6',
    says: 'A code is read as a person sees it: digits of any script count, spaces, dashes and invisible signs are dropped; anything else is refused in words, never by a 500.',
    also: ['tests/unit/otp/read-code.test.ts', 'tests/e2e/bad-input.with-javascript.spec.ts'],
  },
  { id: 'VER-7', says: 'Where the database or the limits fail, nothing opens.' },
  {
    id: 'ENU-1',
    says: 'Known, unknown, disabled, phoneless and throttled see the same status, headers, cookies, body and redirects.',
    marked: true,
  },
  {
    id: 'ENU-2',
    says: 'Unknown and disabled people get a decoy that does everything but reach a socket.',
    marked: true,
  },
  { id: 'ENU-3', says: 'No answer waits for a provider, and both kinds take as long.', marked: true },
  { id: 'ENU-4', says: 'A sign-in by nobody checks a hash with the live parameters.', marked: true },
  { id: 'ENU-5', says: 'A stored address or number is never shown before the code is proved.', marked: true },
  { id: 'ENU-6', says: 'Refusals of a network are said; those of an account are not.' },
  { id: 'ENU-7', says: 'A request changes nothing of the account.' },
  {
    id: 'RL-1',
    says: 'Counters are atomic, and shared by every process.',
    marked: true,
    also: ['tests/integration/server/limits.test.ts'],
  },
  {
    id: 'RL-2',
    says: 'Sends stay within their budgets while all answers look alike; where much goes wrong, browsers work first.',
    also: ['tests/e2e/proof-of-work.with-javascript.spec.ts', 'tests/e2e/proof-of-work.without-javascript.spec.ts'],
  },
  {
    id: 'RL-3',
    says: 'The client’s address comes from the trusted proxies alone; its /64 is what counts.',
    marked: true,
    also: ['tests/unit/limits/client-address.test.ts'],
  },
  {
    id: 'RL-4',
    says: 'SMS go to the stored, verified number of an allowed country only.',
    marked: true,
  },
  {
    id: 'RL-5',
    says: 'Spellings of one address share a bucket, and never match another account.',
    also: ['tests/unit/users/identifiers.test.ts'],
  },
  {
    id: 'RL-6',
    says: 'SMS stay within a daily budget by country; a switch and the conversion breaker stop them.',
    also: ['tests/integration/server/sms-budget.test.ts', 'tests/integration/dispatch/sms-ledger.test.ts'],
  },
  {
    id: 'FLO-1',
    says: 'The sealed cookie names a challenge and the row decides; no step trusts an address or id from a body.',
    marked: true,
  },
  {
    id: 'FLO-2',
    says: 'A proof opens a grant in a newly sealed cookie: single use, ten minutes, that person’s password only.',
    marked: true,
  },
  { id: 'FLO-3', says: 'A rejected password costs nothing.' },
  { id: 'FLO-4', says: 'A stranger’s request leaves the owner’s code alive.' },
  {
    id: 'FLO-5',
    says: 'A reset is one transaction; no session that began beside it is left.',
    also: ['tests/integration/server/concurrency.test.ts'],
  },
  { id: 'FLO-6', says: 'No secret is in an address, and the pages load nothing from elsewhere.' },
  {
    id: 'FLO-7',
    says: 'In every order of requests, no password without a proved code of the same person and challenge.',
  },
  {
    id: 'LOG-1',
    says: 'Failed sign-ins wait longer and longer; unknown, waiting and wrong look alike.',
    marked: true,
  },
  {
    id: 'WEB-1',
    says: 'What changes something is posted from our own pages.',
    marked: true,
    also: ['tests/architecture/routes.test.ts', 'tests/unit/web/gate.test.ts'],
  },
  { id: 'WEB-2', says: 'Cookies are __Host-, Secure, HttpOnly and SameSite over HTTPS.' },
  { id: 'WEB-3', says: 'Every answer has the fixed headers.', marked: true },
  {
    id: 'WEB-4',
    says: 'Scripts run by a fresh nonce only, and the pages work under it.',
    marked: true,
    also: ['tests/unit/web/csp.test.ts'],
  },
  {
    id: 'WEB-5',
    says: 'Untrusted text is inert in admin pages, mails and exports.',
    also: [
      'tests/unit/delivery/render.test.ts',
      'tests/unit/admin/csv.test.ts',
      'tests/e2e/admin-people.with-javascript.spec.ts',
      'tests/e2e/admin-deliveries.with-javascript.spec.ts',
    ],
  },
  { id: 'WEB-6', says: 'Sign-in, reset and account are never stored by a cache.' },
  {
    id: 'WEB-7',
    says: 'Plain HTTP is redirected, and other hosts are refused.',
    also: ['tests/unit/web/host.test.ts'],
  },
  { id: 'AUD-1', says: 'Every act has its event, in the transaction of the act, under one correlation id.' },
  { id: 'AUD-2', says: 'No code, password, token, cookie or message is in a log or a table.', marked: true },
  {
    id: 'AUD-3',
    says: 'Identifiers are masked or hashed; what ended is purged; an audit row that was changed or taken is found.',
    also: ['tests/integration/audit/seal.test.ts', 'tests/integration/server/audit-seal.test.ts'],
  },
  {
    id: 'CFG-1',
    says: 'Production does not start with missing or sample secrets, nor with anything that shows codes.',
    marked: true,
    also: ['tests/unit/env.test.ts'],
  },
  {
    id: 'CFG-2',
    says: 'No secret is in git or in the client’s bundle.',
    also: ['tests/e2e/canaries.with-javascript.spec.ts'],
  },
  { id: 'CFG-3', says: 'Keys rotate, and nothing in flight breaks.' },
  {
    id: 'LOG-2',
    says: 'A sign-in makes a new session, of which the database keeps the hash.',
    also: ['tests/integration/session/sessions.test.ts'],
  },
  {
    id: 'LOG-4',
    says: 'Signing out ends the session on the server.',
    also: ['tests/integration/session/sessions.test.ts'],
  },
  { id: 'LOG-5', says: 'Return paths stay on this site.', also: ['tests/unit/session/return-path.test.ts'] },
  {
    id: 'POST-1',
    says: 'After a reset every session, device, code and grant is gone.',
    also: ['tests/integration/reset/reset.test.ts'],
  },
  {
    id: 'POST-3',
    says: 'Owners are told, and can say that it was not them.',
    also: ['tests/integration/reset/not-me.test.ts', 'tests/integration/reset/dispute.test.ts'],
  },
  ...adminRequirements,
];
