import { openDatabase } from './support/embedded';
import { loadEnvironment } from './support/environment';
import { migrate } from './support/migrate';
import { describeSignIns, seedDemo } from './support/seeding';

// `npm run db:seed`: the two demo people, in DATABASE_URL or the embedded database.

loadEnvironment();
const database = await openDatabase();
try {
  await migrate(database.url);
  console.log(describeSignIns(await seedDemo(database.url, process.env)).join('\n'));
} finally {
  await database.close();
}
