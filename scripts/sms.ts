import { connect } from '@/lib/db/client';
import { openDatabase } from './support/embedded';
import { loadEnvironment } from './support/environment';
import { migrate } from './support/migrate';
import { Interrupted, Refused } from './support/refused';
import { readSmsCommand } from './support/sms-command';

// `npm run sms -- show | stop | start`

async function sms(): Promise<void> {
  loadEnvironment();
  const { SMS_COUNTRIES, SMS_PRICES, SMS_DAILY_BUDGET } = process.env;
  const task = readSmsCommand(process.argv.slice(2), { SMS_COUNTRIES, SMS_PRICES, SMS_DAILY_BUDGET });
  const database = await openDatabase();
  try {
    await migrate(database.direct);
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
  await sms();
} catch (error) {
  if (!(error instanceof Interrupted)) console.error(error instanceof Refused ? error.message : error);
  process.exitCode = error instanceof Interrupted ? Interrupted.exitCode : 1;
}
process.exit();
