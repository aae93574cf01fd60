import type { NextConfig } from 'next';
import { fixedHeaders } from './lib/web/fixed-headers';
import { sourceHash } from './scripts/support/source-hash';

const config: NextConfig = {
  poweredByHeader: false,
  // Two builds of one commit are one build to the browser (UPG-2).
  generateBuildId: () => sourceHash('.', 'build').toString('base64url').slice(0, 21),
  // In development Next would print what actions are called with; no log repeats what a person typed (AUD-2).
  logging: { serverFunctions: false },
  output: 'standalone',
  headers: () => fixedHeaders,
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/client',
    '@prisma/adapter-pg',
    'pg',
    'nodemailer',
    'twilio',
    'pino',
  ],
};

export default config;
