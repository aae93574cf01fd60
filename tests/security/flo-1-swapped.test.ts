import type { Flow } from '@/lib/reset/flow';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, takesUp } from '@/tests/support/person';
import { latestCode, messages, somebody, whoFits, worldOn } from '@/tests/support/world';

const db = testDatabase();
const [ana, bo] = ['ana@latchkey.test', 'bo@latchkey.test'];
const theirs = 'a password of theirs';

/** Ana has proved her code in one browser, and somebody has asked for Bo’s in another. */
async function two() {
  const world = worldOn(db);
  await somebody(world);
  await somebody(world, { email: bo, phone: '+12025550188' });
  const one = await asksForCode(world, ana);
  const anasCode = await latestCode(world);
  const other = await asksForCode(world, bo);
  const bosCode = await latestCode(world);
  return { world, one, other, anasCode, bosCode };
}

const hashes = () => db.user.findMany({ select: { email: true, passwordHash: true }, orderBy: { email: 'asc' } });

describe('FLO-1, GEN-5: the row decides, whatever else a flow says', () => {
  test('one’s code on the other’s challenge is wrong, and no grant fits another challenge', async () => {
    const { one, other, anasCode } = await two();
    expect(await other.types(anasCode)).toMatchObject({ status: 'wrong' });
    const proved = await one.types(anasCode);
    if (proved.status !== 'proved') throw new Error('should be proved');
    const before = await hashes();
    other.flow = { ...other.flow, grant: proved.flow.grant };
    expect(await other.chooses(theirs)).toEqual({ status: 'start-again' });
    expect(await hashes()).toEqual(before);
  });

  // As if seals did not hold: each of these flows is of one’s own making.
  test.each<[string, (one: Flow, other: Flow) => Flow]>([
    ['Bo’s address', (one) => ({ ...one, email: bo })],
    ['Bo’s address and tag', (one, other) => ({ ...one, email: bo, tag: other.tag })],
    ['no address', (one) => ({ ...one, email: '' })],
    ['another channel', (one) => ({ ...one, channel: 'sms' })],
  ])('with the right code and %s the password is the challenge’s owner’s', async (_, forge) => {
    const { world, one, other, anasCode } = await two();
    const forger = takesUp(world, forge(one.flow, other.flow));
    expect(await forger.types(anasCode)).toMatchObject({ status: 'proved' });
    expect(await forger.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
    expect(await whoFits(world, ana, 'brass otter lantern')).not.toBeNull();
    expect(await whoFits(world, bo, 'brass otter lantern')).toBeNull();
  });

  test.each<[string, (one: Flow, other: Flow) => Flow]>([
    ['Bo’s challenge', (one, other) => ({ ...one, challengeId: other.challengeId })],
    ['Bo’s flow and Ana’s grant', (one, other) => ({ ...other, grant: one.grant })],
    ['a challenge that is none', (one) => ({ ...one, challengeId: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    ['no grant', (one) => ({ ...one, grant: null })],
    ['an empty grant', (one) => ({ ...one, grant: '' })],
    ['the code as a grant', (one) => ({ ...one, grant: '000000' })],
  ])('after the proof, with %s no password is set', async (_, forge) => {
    const { world, one, other, anasCode } = await two();
    await one.types(anasCode);
    const before = await hashes();
    expect(await takesUp(world, forge(one.flow, other.flow)).chooses(theirs)).toEqual({ status: 'start-again' });
    expect(await hashes()).toEqual(before);
  });

  test('a resend with another address in its flow goes to the challenge’s owner, and to nobody else', async () => {
    const { world, other } = await two();
    const before = (await messages(world)).length;
    const forger = takesUp(world, { ...other.flow, email: ana });
    expect(await forger.resends('sms')).toMatchObject({ status: 'resent' });
    const [newest, ...older] = await messages(world);
    expect([newest?.to, older.length]).toEqual(['+12025550188', before]);
  });
});
