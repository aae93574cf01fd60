import { seconds } from '@/lib/clock';
import { viewChallenge } from '@/lib/otp/challenge';
import { deriveCode } from '@/lib/otp/derive';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, type Visitor } from '@/tests/support/person';
import { withProviders } from '@/tests/support/providers';
import { queueCode } from '@/tests/support/queue';
import { deliver, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

/** What stands in every table about a visitor's code, without what is drawn by chance. */
async function rowsOf({ flow }: Visitor) {
  const about = { where: { challengeId: flow.challengeId } };
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: flow.challengeId } });
  const deliveries = await db.delivery.findMany({ ...about, orderBy: { queuedAt: 'asc' } });
  return {
    challenge: { ...challenge, id: '', nonce: '', identifierHash: '', guessKey: '', userId: '' },
    deliveries: deliveries.map(({ kind, channel, status, claims, queuedAt, attempts, errorCode, transport }) => {
      return { kind, channel, status, claims, queuedAt, attempts, errorCode, transport };
    }),
    links: (await db.actionToken.findMany(about)).map(({ kind, expiresAt }) => ({ kind, expiresAt })),
    tries: await db.deliveryAttempt.count({ where: { delivery: { challengeId: flow.challengeId } } }),
    asked: await db.auditEvent.findMany({
      where: { correlationId: flow.challengeId, type: { startsWith: 'code_' } },
      select: { type: true, at: true, source: true, detail: true },
      orderBy: { type: 'asc' },
    }),
    counted: (await db.counter.findMany({ orderBy: { key: 'asc' } })).map(({ key, hits, points }) => [
      key.split(':')[0],
      hits.length,
      points,
    ]),
  };
}

/** Asks, asks again by the other channel, types a wrong code, asks once more. */
async function goesOn(world: World, at: string) {
  await db.counter.deleteMany();
  const visitor = await asksForCode(world, at);
  const outcomes = [await visitor.resends('sms'), await visitor.types('000000'), await visitor.resends('email')];
  const view = await viewChallenge(db, visitor.flow.challengeId);
  return { rows: await rowsOf(visitor), outcomes: outcomes.map((one) => ({ ...one, flow: '', deliveryId: '' })), view };
}

describe('ENU-2: whoever has no account gets a decoy', () => {
  test.each([
    ['unknown', null],
    ['disabled', { disabled: true }],
    ['without any verified channel', { emailVerified: false, phoneVerified: false }],
  ])('%s: the same rows, tries, waits and end as somebody known, and no message', async (_, account) => {
    const world = worldOn(db);
    await somebody(world, { email: 'bo@latchkey.test', phone: '+12025550188' });
    const known = await goesOn(world, 'bo@latchkey.test');
    expect(known.view).toMatchObject({ triesLeft: 4, sendsLeft: 3, nextSendAt: { sms: expect.any(Date) } });
    const sent = await messages(world);
    expect(sent.map(({ to }) => to).sort()).toEqual(['+12025550188', 'bo@latchkey.test']);

    if (account) await somebody(world, account);
    const before = await db.user.findMany();
    const decoy = await goesOn(world, email);
    expect(decoy).toEqual(known);
    expect(await db.challenge.count({ where: { userId: null } })).toBe(1);
    expect(await messages(world)).toEqual(sent);
    expect(await db.user.findMany()).toEqual(before);
  });

  test('even the decoy’s own code fits nobody, and its tries end like any other’s', async () => {
    const world = worldOn(db);
    const stranger = await asksForCode(world, 'nobody@latchkey.test');
    const own = deriveCode(world.keyring, await db.challenge.findFirstOrThrow());
    for (const triesLeft of [4, 3, 2, 1, 0]) expect(await stranger.types(own)).toEqual({ status: 'wrong', triesLeft });
    expect(await stranger.types(own)).toEqual({ status: 'exhausted' });
    // Nor does a row say that it was right: no grant is open, and every try is written as a wrong one.
    expect(await db.challenge.findFirstOrThrow()).toMatchObject({ consumedAt: null, grantExpiresAt: null });
    expect(await db.auditEvent.count({ where: { type: 'code_verified' } })).toBe(0);
  });

  test('its delivery is claimed, derived and rendered; no provider hears of it', async () => {
    const { world, servers, phone } = await withProviders(db, {});
    for (const channel of ['email', 'sms'] as const) await asksForCode(world, 'nobody@latchkey.test', channel);
    for (const delivery of await db.delivery.findMany())
      expect(delivery).toMatchObject({ userId: null, status: 'sent', claims: 1, sentAt: expect.any(Date) });
    expect([servers[0]?.connections(), phone.requests.length]).toEqual([0, 0]);
  });

  test('without its key it is not derived, and with a name that no header can carry not rendered: as any other', async () => {
    const world = worldOn(db);
    await somebody(world);
    const becomes = async (at: string, here: World) => {
      const id = await queueCode(here, at);
      if (here === world) await db.challenge.updateMany({ data: { keyId: 'gone' } });
      await deliver(here);
      const { status, errorClass, errorCode } = await db.delivery.findUniqueOrThrow({ where: { id } });
      return { status, errorClass, errorCode };
    };
    for (const here of [world, { ...world, appName: 'Latch\nkey' }]) {
      const known = await becomes(email, here);
      expect(known.errorCode).toMatch(here === world ? 'key-retired' : 'internal');
      expect(await becomes('nobody@latchkey.test', here)).toEqual(known);
    }
  });

  test('nobody’s address is stored nowhere, not even masked', async () => {
    const world = worldOn(db);
    const stranger = await asksForCode(world, 'eve.nobody@nowhere.test');
    world.clock.advance(seconds(30));
    await stranger.resends();
    await deliver(world);
    expect(await db.delivery.findMany()).toMatchObject([
      { recipientMasked: null, recipientHash: null },
      { recipientMasked: null, recipientHash: null },
    ]);
    const tables = await db.$queryRaw<{ name: string }[]>`
      SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = current_schema()`;
    for (const { name } of tables) {
      const rows = await db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM ${name} t`);
      expect([name, /eve\.nobody|nowhere\.test/.test(JSON.stringify(rows))]).toEqual([name, false]);
    }
  });
});
