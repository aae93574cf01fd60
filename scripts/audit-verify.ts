import { randomBytes } from 'node:crypto';
import { connect } from '@/lib/db/client';
import { createKeyring } from '@/lib/keys/keyring';
import { auditVerify, readExpected } from './support/audit-verify-command';
import { openDatabase } from './support/embedded';
import { developmentEnvironment, loadEnvironment } from './support/environment';
import { migrate } from './support/migrate';
import { Interrupted, Refused } from './support/refused';

// `npm run audit:verify [-- --expect 12:9f86d0…]`

async function verify(): Promise<boolean> {
  loadEnvironment();
  const expected = readExpected(process.argv.slice(2));
  const own = process.env.DATABASE_URL?.trim();
  if (own && !process.env.LATCHKEY_PEPPER?.trim())
    throw new Refused('LATCHKEY_PEPPER: missing; set it as the server has it, the seals are made with it.');
  const pepper = Buffer.from(developmentEnvironment(process.env).LATCHKEY_PEPPER ?? '', 'base64');
  if (pepper.length !== 32) throw new Refused('LATCHKEY_PEPPER: not 32 bytes in base64; set it as the server has it.');
  // Seals are made with the pepper alone.
  const keyring = createKeyring([{ id: 'none', secret: randomBytes(32) }], pepper);
  const database = await openDatabase();
  const db = connect(database.url);
  try {
    await migrate(database.direct);
    const { text, ok } = await auditVerify(db, keyring, expected);
    console.log(text);
    return ok;
  } finally {
    await db.$disconnect();
    await database.close();
  }
}

try {
  process.exitCode = (await verify()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof Interrupted)) console.error(error instanceof Refused ? error.message : error);
  process.exitCode = error instanceof Interrupted ? Interrupted.exitCode : 1;
}
process.exit();
