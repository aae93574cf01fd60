import { openDatabase } from './support/embedded';
import { loadEnvironment } from './support/environment';
import { migrate } from './support/migrate';

// `npm run db:migrate`: applies what is not applied yet, to DATABASE_URL or the embedded database.

loadEnvironment();
const database = await openDatabase();
try {
  const applied = await migrate(database.direct);
  console.log(applied.length === 0 ? 'Nothing to migrate' : `Applied ${applied.join(', ')}`);
} finally {
  await database.close();
}
