import nextJest from 'next/jest.js';

// Not in TypeScript: Jest would want ts-node to read it.

const withNext = nextJest({ dir: './' });

/** @type {import('jest').Config} */
const shared = {
  moduleNameMapper: {
    '^server-only$': '<rootDir>/scripts/support/server-only.ts',
    '^@/(.*)$': '<rootDir>/$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/.next/', '<rootDir>/.data/'],
};

/** @type {import('jest').Config[]} */
const projects = [
  {
    displayName: 'unit',
    testEnvironment: 'node',
    testMatch: ['<rootDir>/tests/unit/**/*.test.ts', '<rootDir>/tests/architecture/**/*.test.ts'],
  },
  {
    displayName: 'components',
    testEnvironment: 'jsdom',
    testMatch: ['<rootDir>/tests/components/**/*.test.tsx'],
    setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  },
  {
    displayName: 'integration',
    testEnvironment: 'node',
    setupFiles: ['<rootDir>/tests/support/own-database.ts'],
    setupFilesAfterEnv: ['<rootDir>/tests/support/quiet-log.ts'],
    testMatch: ['<rootDir>/tests/integration/**/*.test.ts', '<rootDir>/tests/security/**/*.test.ts'],
  },
];

/** next/jest compiles as Next itself does; each project goes through it by itself. */
export default async function config() {
  const compiled = await Promise.all(projects.map((project) => withNext({ ...shared, ...project })()));
  // It ends tests that hang. On a busy machine, tests that ask for a hundred codes take half of it.
  return { projects: compiled, testTimeout: 60_000 };
}
