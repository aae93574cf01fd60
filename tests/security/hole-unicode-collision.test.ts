import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, fromElsewhere, messages, somebody, worldOn } from '@/tests/support/world';

// Django CVE-2019-19844: two addresses that fold to one, and the message went to the one that was typed.

const db = testDatabase();

/** An account, and addresses that are somebody else's, whatever case folding or a look say. */
const others = {
  'mike@latchkey.test': ['mıke@latchkey.test', 'MİKE@latchkey.test', 'ｍｉｋｅ@latchkey.test', 'mіke@latchkey.test'],
  'strasse@latchkey.test': ['straße@latchkey.test', 'STRAẞE@latchkey.test', 'ſtraſſe@latchkey.test'],
  'straße@latchkey.test': ['strasse@latchkey.test', 'STRASSE@latchkey.test', 'STRAẞE@latchkey.test'],
  'i@latchkey.test': ['İ@latchkey.test', 'ı@latchkey.test', 'i̇@latchkey.test', 'ⓘ@latchkey.test'],
  'office@latchkey.test': ['oﬃce@latchkey.test', 'office+x@latchkey.test', 'office@latchkey.test.example'],
  'ana@strasse.test': ['ana@straße.test'],
  'jos\u00e9@latchkey.test': ['jose@latchkey.test', 'JOS\u00c9@latchkey.test'],
};

/** Other ways to write the very same address, by Unicode's canonical form and by IDNA. */
const same = {
  'mike@latchkey.test': ['Mike@LATCHKEY.test', 'mi\u212ae@latchkey.test', 'mike@ｌａｔｃｈｋｅｙ.test'],
  'jos\u00e9@latchkey.test': ['jose\u0301@latchkey.test'],
  'ana@xn--strae-oqa.test': ['ana@straße.test', 'ANA@xn--STRAE-oqa.test'],
};

test.each(Object.entries(others))('%s is none of %j', async (stored, all) => {
  const world = worldOn(db);
  await somebody(world, { email: stored });
  for (const typed of all) {
    const stranger = await asksForCode(fromElsewhere(world), typed);
    await asksForCode(fromElsewhere(world), typed, 'sms');
    expect(await stranger.types('000000')).toEqual({ status: 'wrong', triesLeft: 4 });
    expect(await signIn(fromElsewhere(world), typed, anasPassword)).toEqual({ status: 'refused' });
  }
  expect(await messages(world)).toEqual([]);
  expect(await db.challenge.count({ where: { userId: null } })).toBe(2 * all.length);
  // What was typed was no harm to whoever it looks like.
  await asksForCode(fromElsewhere(world), stored);
  expect(await messages(world)).toMatchObject([{ to: stored }]);
  expect(await signIn(world, stored, anasPassword)).toMatchObject({ status: 'signed-in' });
});

test.each(Object.entries(same))('%s is also %j, and the stored one is written to', async (stored, all) => {
  const world = worldOn(db);
  await somebody(world, { email: stored });
  for (const typed of all) {
    await asksForCode(fromElsewhere(world), typed);
    await asksForCode(fromElsewhere(world), typed, 'sms');
    expect((await messages(world)).map(({ to }) => to).sort()).toEqual(['+12025550123', stored]);
    expect(await signIn(fromElsewhere(world), typed, anasPassword)).toMatchObject({ status: 'signed-in' });
    await db.inboxMessage.deleteMany();
  }
});

test('two people whose addresses look alike each get their own', async () => {
  const world = worldOn(db);
  const addresses = ['mike@latchkey.test', 'mıke@latchkey.test'];
  for (const [n, email] of addresses.entries()) await somebody(world, { email, phone: `+1202555012${n}` });
  for (const email of addresses) {
    const before = (await messages(world)).map(({ id }) => id);
    const one = await asksForCode(world, email);
    const fresh = (await messages(world)).filter(({ id }) => !before.includes(id));
    expect(fresh.map(({ to }) => to)).toEqual([email]);
    const code = /\b\d{6}\b/.exec(fresh[0]?.text ?? '')?.[0];
    expect(await one.types(code)).toMatchObject({ status: 'proved' });
    expect(await one.chooses(`brass otter of ${email}`)).toMatchObject({ status: 'changed' });
  }
  for (const [n, email] of addresses.entries()) {
    expect(await signIn(world, email, `brass otter of ${addresses[1 - n]}`)).toEqual({ status: 'refused' });
    expect(await signIn(world, email, `brass otter of ${email}`)).toMatchObject({ status: 'signed-in' });
  }
});
