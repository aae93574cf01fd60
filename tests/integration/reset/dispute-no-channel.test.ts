import { actNotMe } from '@/lib/reset/not-me';
import { resendCode } from '@/lib/reset/resend-code';
import { testDatabase } from '@/tests/support/database';
import { disputes, intruderResets, theirs } from '@/tests/support/intruder';
import { changedMail, linkIn } from '@/tests/support/notices';
import { asksForCode } from '@/tests/support/person';
import { deliver, latestCode, messages, somebody, type World, whoFits, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

const admin = async (world: World, changes: object = {}) =>
  world.db.user.create({
    data: { email: 'admin@latchkey.test', name: 'Ada', role: 'admin', emailVerifiedAt: new Date(), ...changes },
  });

describe('where no channel is left (POST-3)', () => {
  const cases = [
    ['the account has one channel', { phone: null }, {}],
    ['its number is not verified', { phoneVerified: false }, {}],
    ['the service offers one channel', {}, { offered: ['email'] as const }],
  ] as const;
  test.each(cases)('%s: the password is stopped all the same, and the admins are told', async (_why, who, changes) => {
    const world = worldOn(db, changes);
    await somebody(world, who);
    await admin(world);
    const { token } = await intruderResets(world);
    const outcome = await actNotMe(world, token);
    expect(outcome).toEqual({ status: 'operator-needed', told: true, deliveryIds: [expect.any(String)] });
    expect(await whoFits(world, email, theirs)).toBeNull();
    await deliver(world);
    const [mail] = await messages(world);
    expect(mail).toMatchObject({ to: 'admin@latchkey.test', subject: 'Somebody needs your help at Latchkey' });
    expect(mail?.text).toContain(`${email} needs your help`);
    expect(`${mail?.text}${mail?.html}`.replace(/<!DOCTYPE[^>]*>/, '')).not.toMatch(/https?:|not-me/);
    expect(await actNotMe(world, token)).toEqual({ status: 'operator-needed', told: true, deliveryIds: [] });
  });

  test.each([
    ['there is no admin', {}],
    ['nothing goes by email', { offered: ['sms'] as const }],
  ])('%s: nobody is said to be told, at the second of two clicks neither', async (_why, changes) => {
    const world = worldOn(db);
    await somebody(world, { phone: null });
    const { token } = await intruderResets(world);
    if ('offered' in changes) await admin(world);
    const nobody = { status: 'operator-needed', told: false, deliveryIds: [] };
    expect(await actNotMe({ ...world, ...changes }, token)).toEqual(nobody);
    expect(await actNotMe({ ...world, ...changes }, token)).toEqual(nobody);
  });

  test('every channel that a code was tried by counts as used', async () => {
    const world = worldOn(db);
    await somebody(world);
    const intruder = await asksForCode(world, email, 'sms');
    await intruder.resends('email');
    await intruder.typesTheCode();
    await intruder.chooses(theirs);
    expect(await actNotMe(world, await linkIn(world, changedMail))).toMatchObject({ status: 'operator-needed' });
  });

  test('but one whose message was never tried stays trusted', async () => {
    const world = worldOn(db);
    await somebody(world);
    const intruder = await asksForCode(world, email);
    const code = await latestCode(world);
    // Queued, and claimed only once the mailed code has been used.
    await resendCode(world, intruder.flow, 'sms');
    await intruder.types(code);
    await intruder.chooses(theirs);
    expect(await db.delivery.findMany({ where: { kind: 'code' }, orderBy: { channel: 'asc' } })).toMatchObject([
      { channel: 'email', status: 'sent' },
      { channel: 'sms', status: 'abandoned' },
    ]);
    expect(await disputes(world, await linkIn(world, changedMail))).toMatchObject({ flow: { channel: 'sms' } });
  });

  test('and so does one that nothing carried', async () => {
    const world = worldOn(db);
    await somebody(world);
    const intruder = await asksForCode(world, email);
    const code = await latestCode(world);
    await resendCode(world, intruder.flow, 'sms');
    await deliver({ ...world, transports: { ...world.transports, sms: [] } });
    expect(await db.delivery.findFirst({ where: { channel: 'sms' } })).toMatchObject({ status: 'failed', attempts: 0 });
    await intruder.types(code);
    await intruder.chooses(theirs);
    expect(await disputes(world, await linkIn(world, changedMail))).toMatchObject({ flow: { channel: 'sms' } });
  });

  test('one that is still distrusted after another dispute is no way out', async () => {
    const world = worldOn(db);
    await somebody(world);
    await disputes(world, (await intruderResets(world, 'sms')).token);
    const again = await asksForCode(world, email, 'email');
    await again.typesTheCode();
    await again.chooses('a second intruder’s password');
    expect(await actNotMe(world, await linkIn(world, changedMail))).toMatchObject({ status: 'operator-needed' });
    expect(await db.user.findFirstOrThrow()).toMatchObject({ distrusted: ['email', 'sms'] });
  });

  test('where the deliveries have been purged, every channel counts as used', async () => {
    const world = worldOn(db);
    await somebody(world);
    const { token } = await intruderResets(world);
    await db.delivery.deleteMany();
    expect(await actNotMe(world, token)).toMatchObject({ status: 'operator-needed' });
  });

  test('not every admin can be told: only verified addresses, nobody disabled, and never the disputed account', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world, { phone: null });
    await db.user.update({ where: { id }, data: { role: 'admin' } });
    await admin(world);
    await admin(world, { email: 'unverified@latchkey.test', emailVerifiedAt: null });
    await admin(world, { email: 'disabled@latchkey.test', disabledAt: new Date() });
    const { token } = await intruderResets(world);
    await actNotMe(world, token);
    await deliver(world);
    const told = await messages(world);
    expect(told.filter(({ subject }) => subject?.startsWith('Somebody needs')).map(({ to }) => to)).toEqual([
      'admin@latchkey.test',
    ]);
  });
});
