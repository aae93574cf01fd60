import { connect } from '@/lib/db/client';
import { openDatabase } from './support/embedded';
import { loadEnvironment } from './support/environment';
import { migrate } from './support/migrate';
import { Interrupted, Refused } from './support/refused';
import { readUserCommand } from './support/user-command';

// `npm run user -- create | list | promote | disable | second-factor-reset`

async function user(): Promise<void> {
  loadEnvironment();
  const task = readUserCommand(process.argv.slice(2));
  const database = await openDatabase();
  try {
    await migrate(database.url).catch((error: unknown) => {
      if (error instanceof Refused) throw error;
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
      throw new Refused(`The database does not answer or could not be migrated. Check DATABASE_URL.\n${why}`);
    });
    const db = connect(database.url);
    try {
      console.log(await task(db));
    } finally {
      await db.$disconnect();
    }
  } finally {
    await database.close();
  }
}

try {
  await user();
} catch (error) {
  if (!(error instanceof Interrupted)) console.error(error instanceof Refused ? error.message : error);
  process.exitCode = error instanceof Interrupted ? Interrupted.exitCode : 1;
}
process.exit();
