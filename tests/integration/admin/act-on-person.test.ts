import { type Acting, changeRole, disable, enable, endSessions } from '@/lib/admin/people/act-on-person';
import { clearCounters, inviteToReset } from '@/lib/admin/people/help-person';
import { minutes } from '@/lib/clock';
import { confirmSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { attacks, digitsOf } from '@/tests/support/attacker';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, deliver, fromElsewhere, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

async function scene(): Promise<{ world: World; ana: string; acting: Acting; admin: string }> {
  const world = worldOn(db);
  const { id: ana } = await somebody(world);
  const { id: admin } = await anAdmin(world);
  return { world, ana, admin, acting: { ...world, adminId: admin } };
}
const events = (type: string) => db.auditEvent.findMany({ where: { type } });

async function signedIn(world: World): Promise<string> {
  const outcome = await signIn(fromElsewhere(world), email, anasPassword);
  if (outcome.status !== 'signed-in') throw new Error(outcome.status);
  return outcome.token;
}

describe('an admin helps a person', () => {
  test('ends their sessions; the act is written with who, what, before and after (AUD-1)', async () => {
    const { world, ana, admin, acting } = await scene();
    const token = await signedIn(world);
    expect(await endSessions(acting, ana)).toEqual({ status: 'done' });
    expect(await confirmSession(world, token)).toBeNull();
    expect(await events('sessions_revoked')).toMatchObject([
      { actorId: admin, subjectId: ana, detail: { by: 'admin', before: 1, after: 0 } },
    ]);
  });

  test('disables them: sessions, devices and open codes end at once; and enables them again', async () => {
    const { world, ana, acting } = await scene();
    const token = await signedIn(world);
    await fromKnownDevice(world, ana);
    const visitor = await asksForCode(world, email);
    expect(await disable(acting, ana)).toEqual({ status: 'done' });
    expect(await confirmSession(world, token)).toBeNull();
    expect(await db.device.count()).toBe(0);
    expect(await visitor.typesTheCode()).toMatchObject({ status: 'wrong' });
    expect(await signIn(fromElsewhere(world), email, anasPassword)).toEqual({ status: 'refused' });
    expect(await enable(acting, ana)).toEqual({ status: 'done' });
    await signedIn(world);
  });

  test('the second of two admins who do the same is told', async () => {
    const { ana, acting } = await scene();
    const twice = async (act: () => Promise<{ status: string }>) =>
      (await Promise.all([act(), act()])).map(({ status }) => status).sort();
    expect(await twice(() => disable(acting, ana))).toEqual(['changed-meanwhile', 'done']);
    expect(await twice(() => enable(acting, ana))).toEqual(['changed-meanwhile', 'done']);
    expect(await twice(() => changeRole(acting, ana, 'admin'))).toEqual(['changed-meanwhile', 'done']);
    expect(await events('user_promoted')).toHaveLength(1);
  });

  test('the last admin stays one, whoever asks; of two who demote each other at once one stays', async () => {
    const { world, ana, admin, acting } = await scene();
    expect(await changeRole(acting, admin, 'user')).toEqual({ status: 'last-admin' });
    expect(await disable(acting, admin)).toEqual({ status: 'last-admin' });
    await changeRole(acting, ana, 'admin');
    const outcomes = await Promise.all([
      changeRole(acting, ana, 'user'),
      changeRole({ ...world, adminId: ana }, admin, 'user'),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['done', 'last-admin']);
    expect(await db.user.count({ where: { role: 'admin' } })).toBe(1);
    // A disabled admin is none who could help.
    const left = await db.user.findFirstOrThrow({ where: { role: 'admin' } });
    await db.user.create({
      data: { email: 'gone@latchkey.test', name: 'Gone', role: 'admin', disabledAt: new Date() },
    });
    expect(await disable(acting, left.id)).toEqual({ status: 'last-admin' });
  });

  test('a change of role ends what is signed in', async () => {
    const { world, ana, acting } = await scene();
    const token = await signedIn(world);
    expect(await changeRole(acting, ana, 'admin')).toEqual({ status: 'done' });
    expect(await confirmSession(world, token)).toBeNull();
    expect(await db.actionToken.count()).toBe(0);
  });

  test('clears what was counted: codes are short again, and a sign-in is heard', async () => {
    const { world, ana, acting } = await scene();
    for (let network = 0; network < 5; network += 1) await attacks(world, email, 5);
    for (let n = 0; n < 6; n += 1) await signIn(fromElsewhere(world), email, 'not this one');
    expect(await signIn(fromElsewhere(world), email, anasPassword)).toEqual({ status: 'refused' });
    expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(8);
    world.clock.advance(minutes(11));
    expect(await clearCounters({ ...acting, keyring: world.keyring }, ana)).toBeGreaterThan(2);
    world.clock.advance(1);
    expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(6);
    await signedIn(world);
    expect(await events('counters_cleared')).toMatchObject([{ subjectId: ana, detail: { after: 0 } }]);
  });

  test('asks them to set a new password: one mail with a plain link, whatever is clicked how often (ADM-3)', async () => {
    const { world, ana, acting } = await scene();
    const invite = () => inviteToReset({ ...acting, offered: world.offered }, ana);
    const outcomes = await Promise.all([invite(), invite(), invite()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['queued', 'sent-already', 'sent-already']);
    await deliver(world);
    const mails = await messages(world, 'email');
    expect(mails).toMatchObject([{ to: email, subject: 'Set a new Latchkey password' }]);
    expect(mails[0]?.text.match(/https?:\S+/g)).toEqual(['http://localhost:3000/forgot-password']);
    expect(mails[0]?.text).not.toMatch(/token|\d{6}/);
    world.clock.advance(minutes(10) + 1);
    expect(await invite()).toMatchObject({ status: 'queued' });
  });

  test('who has no verified address is out of reach', async () => {
    const { world, ana, acting } = await scene();
    await db.user.update({ where: { id: ana }, data: { emailVerifiedAt: null } });
    expect(await inviteToReset({ ...acting, offered: world.offered }, ana)).toEqual({ status: 'out-of-reach' });
    expect(await inviteToReset({ ...acting, offered: ['sms'] }, acting.adminId)).toEqual({ status: 'out-of-reach' });
  });
});
