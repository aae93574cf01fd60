import type { Requirement } from './requirements';

/** Those of sessions and of where signing in leads. */
export const signInRequirements: readonly Requirement[] = [
  {
    id: 'LOG-2',
    says: 'A sign-in makes a new session, of which the database keeps the hash, and ends the one this browser held.',
    also: ['tests/integration/session/sessions.test.ts', 'tests/e2e/next-auth-garbage.with-javascript.spec.ts'],
  },
  {
    id: 'LOG-4',
    says: 'Signing out ends the session on the server; its cookie is not renewed anywhere.',
    also: ['tests/integration/session/sessions.test.ts', 'tests/e2e/next-auth-garbage.with-javascript.spec.ts'],
  },
  {
    id: 'LOG-5',
    says: 'Return paths stay on this site.',
    also: ['tests/unit/session/return-path.test.ts', 'tests/e2e/return-path.spec.ts'],
  },
];
