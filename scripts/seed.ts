import { demoEmails } from '../prisma/seed';
import { openDatabase } from './support/embedded';
import { loadEnvironment } from './support/environment';
import { migrate } from './support/migrate';
import { Refused } from './support/refused';
import { describeSignIns, seedDemo } from './support/seeding';

// `npm run db:seed`: the two demo people, in DATABASE_URL or the embedded database. Fails where it may not make them.

async function seed(): Promise<void> {
  loadEnvironment();
  const database = await openDatabase();
  try {
    await migrate(database.direct);
    const signIns = await seedDemo(database.url, process.env);
    console.log(describeSignIns(signIns).join('\n'));
    if (signIns.length < demoEmails.length) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

await seed().catch((error: unknown) => {
  console.error(error instanceof Refused ? error.message : error);
  process.exitCode = 1;
});
