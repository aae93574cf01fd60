import { simulate } from './support/simulation/simulate';

// `npm run simulate`: an attacker's chance of getting in by guessing codes for a day, played against the real use-cases
// and the real database, beside what other systems' published numbers let through; then what it takes to silence one
// owner, beside what a school behind one address notices. It takes minutes and
// prints its progress on stderr. With TEST_DATABASE_URL it runs on that PostgreSQL server, which is faster.

await simulate(process.env.TEST_DATABASE_URL?.trim() || undefined);
