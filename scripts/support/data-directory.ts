import { resolve } from 'node:path';

/** @param environment e.g. process.env @returns the folder of everything that is kept on this machine */
export const dataDirectory = (environment: NodeJS.ProcessEnv): string =>
  resolve(environment.LATCHKEY_DATA_DIR?.trim() || '.data');
