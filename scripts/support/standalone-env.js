// The build puts this first into the standalone server: .env beside it is read as it is written, before Next looks.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEnvFiles } from './env-files.js';

try {
  loadEnvFiles(dirname(fileURLToPath(import.meta.url)), process.env, 'production');
} catch (error) {
  console.error(`Latchkey cannot start with these settings:\n  ${error.message}`);
  process.exit(1);
}
