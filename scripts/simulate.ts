import { simulate } from './support/simulation/simulate';

// `npm run simulate`: an attacker's chance of getting in by guessing codes for a day, played against the real use-cases
// and the real database, beside what other systems' published numbers let through. It takes about a minute.

await simulate();
