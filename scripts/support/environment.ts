import { resolve } from 'node:path';
import { dataDirectory } from './data-directory';
import { loadEnvFiles } from './env-files.js';
import { wantedPort } from './port';
import { Refused } from './refused';
import { developmentSecrets } from './secrets';

/**
 * Reads `.env` and its relatives into process.env as they are written: what is set already stays (CFG-1).
 * @param development also reads `.env.development`
 * @throws Refused naming the variable of a line that cannot be read
 */
export function loadEnvironment(development = true): void {
  const mode = process.env.NODE_ENV === 'test' ? 'test' : development ? 'development' : 'production';
  try {
    loadEnvFiles(resolve('.'), process.env, mode);
  } catch (error) {
    throw new Refused(settingsNeedMending([(error as Error).message]));
  }
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
