import { simulate } from './support/simulation/simulate';

// `npm run simulate`: an attacker's chance of getting in by guessing codes for a day, played against the real use-cases
// and the real database, XX

await simulate();
