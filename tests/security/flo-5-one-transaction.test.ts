import { rememberDevice } from '@/lib/session/devices';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** Each write of a reset: a table, what is done to it, and on which rows it is made to fail. */
const statements = [
  ['Challenge', 'UPDATE', 'NEW."grantSpentAt" IS NOT NULL'],
  ['User', 'UPDATE', 'true'],
  ['ActionToken', 'INSERT', `NEW.kind = 'dispute_password'`],
  ['Session', 'DELETE', 'true'],
  ['Device', 'DELETE', 'true'],
  ['Challenge', 'UPDATE', 'NEW."closedAt" IS NOT NULL'],
  ['Delivery', 'INSERT', `NEW.kind = 'password_changed'`],
  ['AuditEvent', 'INSERT', `NEW.type = 'sessions_revoked'`],
] as const;

async function whileFailing(table: string, verb: string, when: string, act: () => Promise<unknown>): Promise<void> {
  await db.$executeRawUnsafe(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused by the test'; END $$`,
  );
  await db.$executeRawUnsafe(
    `CREATE TRIGGER refusing BEFORE ${verb} ON "${table}" FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION refuse()`,
  );
  try {
    await act();
  } finally {
    await db.$executeRawUnsafe(`DROP TRIGGER refusing ON "${table}"`);
    await db.$executeRawUnsafe('DROP FUNCTION refuse()');
  }
}

const everything = async () => ({
  users: await db.user.findMany(),
  sessions: await db.session.findMany(),
  devices: await db.device.findMany(),
  challenges: await db.challenge.findMany({ orderBy: { id: 'asc' } }),
  deliveries: await db.delivery.findMany({ orderBy: { id: 'asc' } }),
  tokens: await db.actionToken.findMany({ orderBy: { tokenHash: 'asc' } }),
  audit: await db.auditEvent.count(),
});

describe('FLO-5: a reset happens whole or not at all', () => {
  test.each(statements)(
    '%s %s fails where %s: nothing has changed, and the next try works',
    async (table, verb, when) => {
      const world = worldOn(db);
      const { id } = await somebody(world);
      await signIn(world, 'ana@latchkey.test', anasPassword);
      await rememberDevice(world, { userId: id, passwordVersion: 0 }, []);
      await asksForCode(world, 'ana@latchkey.test');
      const ana = await asksForCode(world, 'ana@latchkey.test');
      await ana.typesTheCode();
      const before = await everything();
      await whileFailing(table, verb, when, () => expect(ana.chooses('brass otter lantern')).rejects.toThrow());
      expect(await everything()).toEqual(before);
      expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
    },
  );
});
