/** A hole that such a flow had elsewhere. Its own tests are the files of tests/security named `hole-` and its name. */
export type Hole = { name: string; says: string; seenIn: string; also?: readonly string[] };

export const holes: readonly Hole[] = [
  {
    name: 'skipped-proof',
    says: 'a step that skips the proof',
    seenIn: 'Keycloak CVE-2026-18963',
    also: ['tests/security/flo-7-any-order.test.ts'],
  },
  { name: 'guesses-across-resends', says: 'guessing across resends', seenIn: 'ZITADEL CVE-2025-64102' },
  { name: 'host-poisoning', says: 'a forged host in a message', seenIn: 'ZITADEL CVE-2023-49097' },
  { name: 'parallel-verify', says: 'many codes at once', seenIn: 'better-auth#8067' },
  { name: 'ipv6-rotation', says: 'another address of the same /64', seenIn: 'GHSA-p6v2-xcpg-h6xw' },
  { name: 'forwarded-spoof', says: 'an invented X-Forwarded-For', seenIn: 'allauth 65.14.2' },
  { name: 'junk-fields', says: 'more fields than the form has', seenIn: 'Strapi CVE-2025-64526' },
  { name: 'code-variants', says: 'one code written in many ways', seenIn: 'Vault CVE-2025-6015' },
  { name: 'arrays-as-email', says: 'a list for an address', seenIn: 'GitLab CVE-2023-7028' },
  { name: 'unicode-collision', says: 'letters that become others', seenIn: 'Django CVE-2019-19844' },
  {
    name: 'address-injection',
    says: 'an address that holds another',
    seenIn: 'GHSA-5jpx-9hw9-2fx4, GHSA-mm7p-fcc7-pg87',
  },
  { name: 'mail-failure', says: 'a failing mail server that tells who exists', seenIn: 'Django CVE-2024-45231' },
  {
    name: 'timing',
    says: 'time that tells who exists',
    seenIn: 'Symfony CVE-2021-21424',
    also: ['tests/security/enu-3-timing.spec.ts'],
  },
  { name: 'pre-hijack', says: 'an account made before its owner came', seenIn: 'GHSA-qq9h-g4jm-xgf3' },
  {
    name: 'code-in-response-or-log',
    says: 'a code in an answer or a table',
    seenIn: 'Flowise CVE-2025-58434',
    also: ['tests/integration/reset/nothing-stored.test.ts'],
  },
  { name: 'past-expiry', says: 'something valid past its time', seenIn: 'GHSA-xmmm-jw76-q7vg' },
];
