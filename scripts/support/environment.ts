import { resolve } from 'node:path';
import nextEnv from '@next/env';
import { dataDirectory } from './data-directory';
import { wantedPort } from './port';
import { developmentSecrets } from './secrets';

/**
 * Reads `.env` and its relatives into process.env, as Next itself does: what is set already stays.
 * @param development also reads `.env.development`
 */
export function loadEnvironment(development = true): void {
  nextEnv.loadEnvConfig(resolve('.'), development, { info: () => {}, error: console.error });
}

/**
 * What a fresh machine lacks to run in development. Production is given nothing: there each secret is required.
 * @param environment e.g. process.env; only what is missing or empty is filled in
 * @returns the whole environment, with the secrets that the data directory keeps
 */
export function developmentEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const missing = (name: string): boolean => !environment[name]?.trim();
  const filled = { ...environment };
  if (missing('APP_URL')) filled.APP_URL = `http://localhost:${wantedPort(environment)}`;
  if (missing('LATCHKEY_KEYS') || missing('LATCHKEY_PEPPER')) {
    const secrets = developmentSecrets(dataDirectory(environment));
    if (missing('LATCHKEY_KEYS')) filled.LATCHKEY_KEYS = secrets.keys;
    if (missing('LATCHKEY_PEPPER')) filled.LATCHKEY_PEPPER = secrets.pepper;
  }
  return filled;
}

/** @param problems sentences of lib/env/env.ts, each with its mend */
export const settingsNeedMending = (problems: string[]): string =>
  `Latchkey cannot start with these settings:\n  ${problems.join('\n  ')}`;
