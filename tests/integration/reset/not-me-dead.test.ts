import fc from 'fast-check';
import { days } from '@/lib/clock';
import { createKeyring } from '@/lib/keys/keyring';
import { actNotMe, readNotMe } from '@/lib/reset/not-me';
import { testDatabase } from '@/tests/support/database';
import { rootKey } from '@/tests/support/keyring';
import { allRows, changedMail, codeMail, linkIn } from '@/tests/support/notices';
import { asksForCode } from '@/tests/support/person';
import { countedDatabase } from '@/tests/support/statements';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

describe('a link that is good for nothing', () => {
  /** Someone whose password was changed a moment ago. @returns the links of the two mails */
  async function changed(keyring = createKeyring([rootKey('a')], new Uint8Array(32))) {
    const world = worldOn(db, { keyring });
    await somebody(world);
    const ana = await asksForCode(world, email);
    await ana.typesTheCode();
    await ana.chooses('brass otter lantern');
    return { world, close: await linkIn(world, codeMail), dispute: await linkIn(world, changedMail) };
  }

  test('garbled: dead, and nothing changes', async () => {
    const { world, close, dispute } = await changed();
    const before = await allRows(world);
    const strings = fc.oneof(
      fc.anything(),
      fc.string(),
      fc
        .constantFrom(close, dispute)
        .chain((token) =>
          fc.constantFrom(token.toLowerCase(), `${token}=`, ` ${token}`, token.slice(1), [token], `${token}\n`),
        ),
    );
    await fc.assert(
      fc.asyncProperty(strings, async (token) => {
        expect(await readNotMe(world, token)).toEqual({ status: 'dead' });
        expect(await actNotMe(world, token)).toEqual({ status: 'dead' });
      }),
      { numRuns: 60 },
    );
    expect(await allRows(world)).toEqual(before);
  });

  test('seven days old: dead, and nothing changes', async () => {
    const { world, close, dispute } = await changed();
    world.clock.advance(days(7) - 1);
    expect(await readNotMe(world, dispute)).toEqual({ status: 'dispute' });
    world.clock.advance(1);
    const before = await allRows(world);
    for (const token of [close, dispute]) {
      expect(await readNotMe(world, token)).toEqual({ status: 'dead' });
      expect(await actNotMe(world, token)).toEqual({ status: 'dead' });
    }
    expect(await allRows(world)).toEqual(before);
  });

  test('of a password that was changed since: dead, and nothing changes', async () => {
    const { world, dispute } = await changed();
    const again = await asksForCode(world, email);
    await again.typesTheCode();
    await again.chooses('velvet crane harbour');
    const before = await allRows(world);
    expect(await readNotMe(world, dispute)).toEqual({ status: 'dead' });
    expect(await actNotMe(world, dispute)).toEqual({ status: 'dead' });
    expect(await allRows(world)).toEqual(before);
  });

  test('of a key that was retired: dead, and nothing changes', async () => {
    const { world, close, dispute } = await changed();
    const later = { ...world, keyring: createKeyring([rootKey('b')], new Uint8Array(32)) };
    const before = await allRows(world);
    for (const token of [close, dispute]) {
      expect(await readNotMe(later, token)).toEqual({ status: 'dead' });
      expect(await actNotMe(later, token)).toEqual({ status: 'dead' });
    }
    expect(await allRows(world)).toEqual(before);
  });

  test('looking at it costs one query and changes nothing, whatever it is', async () => {
    const { world, close, dispute } = await changed();
    const counted = countedDatabase();
    const before = await allRows(world);
    for (const token of [close, dispute, 'garbled', undefined]) {
      const from = counted.statements.length;
      await readNotMe({ ...world, db: counted.db }, token);
      expect(counted.statements.length - from).toBe(1);
    }
    expect(await allRows(world)).toEqual(before);
    await counted.db.$disconnect();
  });
});
