import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // In development Next would print what actions are called with; no log repeats what a person typed (AUD-2).
  logging: { serverFunctions: false },
  output: 'standalone',
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
