import { days, minutes, seconds } from '@/lib/clock';
import { actNotMe, readNotMe } from '@/lib/reset/not-me';
import { rememberDevice } from '@/lib/session/devices';
import { confirmSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { purge } from '@/lib/upkeep/purge';
import { testDatabase } from '@/tests/support/database';
import { disputes, intruderResets, theirs } from '@/tests/support/intruder';
import { codeMail, linkIn } from '@/tests/support/notices';
import { asksForCode, takesUp } from '@/tests/support/person';
import { latestCode, messages, somebody, whoFits, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

describe('“this wasn’t me”, in the mail of a changed password (POST-3)', () => {
  test('ends what the intruder has, and gives Ana a code by the channel that they did not use', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    const { token } = await intruderResets(world);
    const session = await signIn(world, email, theirs);
    if (session.status !== 'signed-in') throw new Error('the intruder should be in');
    await rememberDevice(world, { userId: id, passwordVersion: 1 }, []);
    expect(await db.device.count()).toBe(1);
    const open = await asksForCode(world, email);
    const openCode = await latestCode(world);

    expect(await readNotMe(world, token)).toEqual({ status: 'dispute' });
    const { flow } = await disputes(world, token);

    expect(await confirmSession(world, session.token)).toBeNull();
    expect(await whoFits(world, email, theirs)).toBeNull();
    expect(await db.device.count()).toBe(0);
    expect(await open.types(openCode)).toMatchObject({ status: 'wrong' });

    expect(flow).toMatchObject({ email: '', channel: 'sms', grant: null, doneAt: null });
    const [newest] = await messages(world);
    expect(newest).toMatchObject({ channel: 'sms', to: '+12025550123' });
    const ana = takesUp(world, flow);
    expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
    expect(await ana.chooses('velvet crane harbour')).toMatchObject({ status: 'changed' });
    expect(await whoFits(world, email, 'velvet crane harbour')).toMatchObject({ userId: id });
  });

  test('is written down', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    const { token, theirs: intruder } = await intruderResets(world);
    await signIn(world, email, theirs);
    await disputes(world, token);
    const { challengeId } = intruder.flow;
    expect(
      await db.auditEvent.findMany({
        where: { type: { in: ['password_disputed', 'sessions_revoked'] }, detail: { not: { sessions: 0 } } },
        select: { type: true, subjectId: true, actorId: true, correlationId: true, detail: true },
        orderBy: { type: 'asc' },
      }),
    ).toEqual([
      { type: 'password_disputed', subjectId: id, actorId: null, correlationId: challengeId, detail: { next: 'sms' } },
      { type: 'sessions_revoked', subjectId: id, actorId: null, correlationId: challengeId, detail: { sessions: 1 } },
    ]);
  });

  test('for a day no code goes by the distrusted channel, asked for or not', async () => {
    const world = worldOn(db);
    await somebody(world);
    const { token } = await intruderResets(world);
    const { flow } = await disputes(world, token);
    const mails = (await messages(world, 'email')).length;

    const ana = takesUp(world, flow);
    world.clock.advance(minutes(1));
    await ana.resends('email');
    await asksForCode(world, email, 'email');
    expect(await messages(world, 'email')).toHaveLength(mails);
    expect(await messages(world, 'sms')).toHaveLength(4);

    world.clock.advance(days(1));
    await asksForCode(world, email, 'email');
    expect(await messages(world, 'email')).toHaveLength(mails + 1);
  });

  test('a reset over SMS is disputed in favour of the mailbox', async () => {
    const world = worldOn(db);
    await somebody(world);
    const { token } = await intruderResets(world, 'sms');
    const { flow } = await disputes(world, token);
    expect(flow.channel).toBe('email');
    const ana = takesUp(world, flow);
    expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
    expect(await linkIn(world, codeMail)).not.toBe(token);
  });

  test('the second of two clicks finds what the first has made', async () => {
    const world = worldOn(db);
    await somebody(world);
    const { token } = await intruderResets(world);
    const first = await disputes(world, token);
    world.clock.advance(seconds(2));
    const second = await disputes(world, token);
    expect(second).toMatchObject({ flow: { challengeId: first.flow.challengeId, channel: 'sms' }, deliveryIds: [] });
    world.clock.advance(seconds(30));
    expect(await actNotMe(world, token)).toEqual({ status: 'dead' });
  });
});

test('six days later the link still knows by which channel the reset went, whatever was purged meanwhile', async () => {
  const world = worldOn(db);
  await somebody(world);
  const { token } = await intruderResets(world);
  const sixDaysAgo = new Date(Date.now() - days(6));
  await db.challenge.updateMany({ data: { createdAt: sixDaysAgo, expiresAt: sixDaysAgo } });
  await db.delivery.updateMany({ data: { queuedAt: sixDaysAgo } });
  await purge(db, new Date());
  expect(await disputes(world, token)).toMatchObject({ flow: { channel: 'sms' } });
});

test('a mailbox that is distrusted cannot dispute what Ana has set by the other channel', async () => {
  const world = worldOn(db);
  await somebody(world);
  const { token } = await intruderResets(world);
  const ana = takesUp(world, (await disputes(world, token)).flow);
  await ana.typesTheCode();
  await ana.chooses('velvet crane harbour');
  expect(await db.actionToken.count({ where: { kind: 'dispute_password', usedAt: null } })).toBe(0);
  // Its notice says so all the same, without a link that would lead nowhere.
  const [notice] = await messages(world, 'email');
  expect(notice?.subject).toMatch(/password was changed/);
  expect(notice?.text).not.toContain('/not-me');
});
