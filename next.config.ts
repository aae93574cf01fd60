import type { NextConfig } from 'next';
import { fixedHeaders } from './lib/web/fixed-headers';

const config: NextConfig = {
  poweredByHeader: false,
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
