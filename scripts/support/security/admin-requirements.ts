import type { Requirement } from './requirements';

/** Those of the admin area and of what watches it. */
export const adminRequirements: readonly Requirement[] = [
  {
    id: 'ADM-1',
    says: 'Every page, route and action of the admin area asks who is there, however it is called.',
    marked: true,
    also: ['tests/architecture/admin.test.ts'],
  },
  {
    id: 'ADM-2',
    says: 'Demoting and disabling act on the next request.',
    also: ['tests/integration/session/sessions.test.ts', 'tests/security/adm-1-matrix.spec.ts'],
  },
  {
    id: 'ADM-3',
    says: 'An admin starts a reset and sees or sets no code, token or password; a form sets nothing but its own.',
    marked: true,
  },
  {
    id: 'ADM-4',
    says: 'No production starts with a demonstration’s admin.',
    also: ['tests/security/cfg-1-boot.test.ts'],
  },
  {
    id: 'ADM-5',
    says: 'An admin’s password gives no session: the second step does, within budgets of its own.',
    also: [
      'tests/integration/second-factor/app.test.ts',
      'tests/integration/second-factor/enrolment.test.ts',
      'tests/integration/second-factor/inbox.test.ts',
      'tests/e2e/second-step.spec.ts',
    ],
  },
  {
    id: 'OBS-1',
    says: 'What matters is counted once, and told to whoever holds the token.',
    also: ['tests/integration/metrics/exposition.test.ts', 'tests/integration/admin/overview.test.ts'],
  },
  {
    id: 'OBS-2',
    says: 'Each incident is told once, and its end, with nobody’s data in it.',
    also: [
      'tests/integration/alerts/conditions.test.ts',
      'tests/integration/alerts/alerts.test.ts',
      'tests/integration/server/alerts.test.ts',
    ],
  },
];
