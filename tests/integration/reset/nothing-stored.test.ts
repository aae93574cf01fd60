import { createHash } from 'node:crypto';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { latestCode, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** Every row of every table but the inbox's, which exists only where no real provider does. */
async function dump(): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'InboxMessage'`;
  expect(tables.length).toBeGreaterThan(5);
  const rows = await Promise.all(
    tables.map(({ name }) => db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`)),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
}

test('GEN-2: after a whole flow no code, grant, password or token stands in the database, nor a hash of a code', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test');
  const code = await latestCode(world);
  await ana.types('000000');
  await ana.typesTheCode();
  await ana.chooses('brass otter lantern');
  const session = await signIn(world, 'ana@latchkey.test', 'brass otter lantern');
  if (session.status !== 'signed-in') throw new Error('should sign in');
  const everything = await dump();
  expect(everything).toContain('ana@latchkey.test');
  const hashes = ['md5', 'sha1', 'sha256'].flatMap((algorithm) => {
    const digest = createHash(algorithm).update(code).digest();
    return [digest.toString('hex'), digest.toString('base64'), digest.toString('base64url')];
  });
  for (const secret of [code, ana.flow.grant ?? '-', 'brass otter lantern', session.token, ...hashes])
    expect(everything).not.toContain(secret);
});
