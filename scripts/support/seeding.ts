import { connect, type Database } from '@/lib/db/client';
import { hasRealPeople } from '@/lib/users/real-people';
import { type DemoSignIn, demoEmails, seed } from '../../prisma/seed';
import { dataDirectory } from './data-directory';
import { databaseAddress, describeDatabase } from './database-address';
import { developmentSecrets } from './secrets';

const people = demoEmails.join(', ');

/**
 * Seeds with the passwords that this machine keeps. Says so where the database is one of their own, and makes nobody
 * among real people: the demonstration's admin would be one of theirs.
 * @param environment e.g. process.env
 * @returns the demo people who are there
 */
export async function seedDemo(url: string, environment: NodeJS.ProcessEnv): Promise<DemoSignIn[]> {
  const db = connect(url);
  const ownDatabase = Boolean(environment.DATABASE_URL?.trim());
  const where = ownDatabase ? describeDatabase(databaseAddress(url)) : 'the embedded database';
  try {
    const refused = await hasRealPeople(db);
    if (await anybodyMissing(db)) {
      if (refused) console.warn(`Not seeded: ${where} has people outside @latchkey.test. Kept out of it: ${people}.`);
      else if (ownDatabase) console.warn(`${goesInto(where)} ${howToAvoid}`);
    }
    const { passwords } = developmentSecrets(dataDirectory(environment));
    return await seed(db, passwords, refused ? 'stay-out' : 'are-made');
  } finally {
    await db.$disconnect();
  }
}

const goesInto = (where: string) => `Warning: DATABASE_URL is set, so the demo people (${people}) go into ${where}.`;
const howToAvoid = 'To keep them out, unset DATABASE_URL, also in .env: the embedded database is used then.';

const anybodyMissing = async (db: Database): Promise<boolean> =>
  (await db.user.count({ where: { email: { in: demoEmails } } })) < demoEmails.length;

/** @returns one line a person, aligned */
export function describeSignIns(signIns: DemoSignIn[]): string[] {
  return signIns.map(({ email, password, changed }) => {
    const shown = changed ? '(changed since; "Forgot password?" sets a new one)' : password;
    return `${email.padEnd(20)}  ${shown}`;
  });
}
