import { findPeople, listPeople, PEOPLE_A_PAGE } from '@/lib/admin/people/list';
import { readPerson } from '@/lib/admin/people/person';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode } from '@/tests/support/person';
import { fromElsewhere, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** So many people, made at two moments, so that many have the same one. */
async function crowd(count: number): Promise<void> {
  await db.user.createMany({
    data: Array.from({ length: count }, (_, n) => ({
      email: `p${String(n).padStart(4, '0')}@example.com`,
      name: 'Somebody',
      createdAt: new Date(2026, 0, 1 + (n % 2)),
    })),
  });
}

describe('people, as an admin sees them', () => {
  test('page by page everybody comes once, also where many came at the same moment', async () => {
    await crowd(PEOPLE_A_PAGE * 2 + 7);
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 5; page += 1) {
      const { people, next } = await listPeople(db, cursor);
      seen.push(...people.map(({ email }) => email));
      cursor = next;
      if (!next) break;
    }
    expect(seen).toHaveLength(PEOPLE_A_PAGE * 2 + 7);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('a cursor that no page gave out is the first page', async () => {
    await crowd(3);
    for (const cursor of ['', '1', '_', "1_' OR 1=1", `9999999999999999_${'0'.repeat(36)}`, 'x'.repeat(9_999)])
      expect((await listPeople(db, cursor)).people).toHaveLength(3);
  });

  test('an address or number finds its owner, a beginning finds those who begin so, and % is a letter', async () => {
    const world = worldOn(db);
    await crowd(3);
    const { id } = await somebody(world);
    const ids = async (typed: string) => (await findPeople(db, typed)).map((person) => person.id);
    expect(await ids(' ANA@latchkey.test ')).toEqual([id]);
    expect(await ids('+1 202 555 0123')).toEqual([id]);
    expect(await ids('p000')).toHaveLength(3);
    for (const typed of ['', 'p', '%', '%%', 'p_00', '\\', "' OR 1=1 --", 'nobody@latchkey.test', 'x'.repeat(5_000)])
      expect(await ids(typed)).toEqual([]);
  });

  test('one person: what helps to help them, and nothing that opens anything (ADM-3)', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    await guesses(ana, 3);
    await fromKnownDevice(world, id);
    await guesses(await asksForCode(fromElsewhere(world), 'ana@latchkey.test', 'sms'), 2);
    const page = await readPerson(db, world.keyring, id, world.clock.now());
    expect(page).toMatchObject({
      email: 'ana@latchkey.test',
      wrongCodes: 5,
      devices: 1,
      hasPassword: true,
      hasApp: false,
    });
    expect(page?.deliveries).toHaveLength(2);
    expect(page?.events.map(({ type }) => type)).toContain('code_wrong');
    const secrets = [
      ...(await db.inboxMessage.findMany()).flatMap(({ text }) => text.match(/\b\d{6,20}\b|token=[\w-]+/g) ?? []),
      ...(await db.challenge.findMany()).flatMap(({ nonce }) => [nonce]),
      ...(await db.user.findMany()).flatMap(({ passwordHash }) => passwordHash ?? []),
    ];
    expect(secrets.length).toBeGreaterThan(4);
    for (const secret of secrets) expect(JSON.stringify(page)).not.toContain(secret);
    for (const none of ['', 'x', '00000000-0000-0000-0000-000000000000', `${id}'`])
      expect(await readPerson(db, world.keyring, none, world.clock.now())).toBeNull();
  });
});
