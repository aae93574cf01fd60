// Jest's workers have numbers from 1, and scripts/test.ts made a database for each: no two files share one at a time.
const own = process.env.TEST_DATABASES?.split(' ')[Number(process.env.JEST_WORKER_ID ?? 1) - 1];
if (own) process.env.DATABASE_URL = own;
