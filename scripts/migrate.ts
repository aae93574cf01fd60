import { openDatabase } from './support/embedded';
import { loadEnvironment } from './support/environment';
import { migrate } from './support/migrate';
import { Refused } from './support/refused';

// `npm run db:migrate`: applies what is not applied yet, to DATABASE_URL or the embedded database.

async function migrateNow(): Promise<void> {
  loadEnvironment();
  const database = await openDatabase();
  try {
    const applied = await migrate(database.direct);
    console.log(applied.length === 0 ? 'Nothing to migrate' : `Applied ${applied.join(', ')}`);
  } finally {
    await database.close();
  }
}

await migrateNow().catch((error: unknown) => {
  console.error(error instanceof Refused ? error.message : error);
  process.exitCode = 1;
});
