import { randomBytes } from 'node:crypto';
import { minutes } from '@/lib/clock';
import { createKeyring } from '@/lib/keys/keyring';
import { log } from '@/lib/log';
import { identifierHash } from '@/lib/reset/deps';
import { actNotMe, readNotMe } from '@/lib/reset/not-me';
import { setPassword } from '@/lib/reset/set-password';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { rootKey } from '@/tests/support/keyring';
import { changedMail, codeMail, linkIn } from '@/tests/support/notices';
import { asksForCode, notThe, takesUp } from '@/tests/support/person';
import { queueCode } from '@/tests/support/queue';
import { deliver, latestCode, messages, somebody, type World, worldOn } from '@/tests/support/world';

// CFG-3: LATCHKEY_KEYS while people are on their way. Cookies: cfg-3-cookies.test.ts. Retired links: not-me.test.ts.

const db = testDatabase();
const email = 'ana@latchkey.test';
const newPassword = 'brass otter lantern';
const [old, fresh, pepper] = [rootKey('old'), rootKey('fresh'), randomBytes(32)];
const withOld = createKeyring([old], pepper);
const withBoth = createKeyring([fresh, old], pepper);
const withFresh = createKeyring([fresh], pepper);

let before: World;
let rotated: World;
let retired: World;
const warned: unknown[] = [];
const earlyRetirement = [expect.objectContaining({ keyId: 'old' }), 'the key of a live code was retired'];

beforeEach(async () => {
  before = worldOn(db, { keyring: withOld });
  rotated = { ...before, keyring: withBoth };
  retired = { ...before, keyring: withFresh };
  await somebody(before);
  warned.splice(0);
  jest.spyOn(log, 'warn').mockImplementation((...line: unknown[]) => void warned.push(line));
});
afterEach(() => jest.restoreAllMocks());

describe('CFG-3: with the new key in front and the old one behind it, nobody notices', () => {
  afterEach(() => expect(warned).toEqual([]));

  test('a code that was asked for before leaves afterwards, and resets', async () => {
    const ana = await asksForCode(before, email);
    const code = await latestCode(before);
    const later = takesUp(rotated, ana.flow);
    expect(await later.types(code)).toMatchObject({ status: 'proved' });
    expect(await later.chooses(newPassword)).toMatchObject({ status: 'changed' });
    expect(await signIn(rotated, email, newPassword)).toMatchObject({ status: 'signed-in' });
  });

  test('one that waited in the queue is the same code, and its link works', async () => {
    await queueCode(before, email);
    await deliver(rotated);
    const [sent] = await messages(rotated);
    expect(sent?.text).toMatch(/\b\d{6}\b/);
    expect(await db.challenge.findFirst()).toMatchObject({ keyId: 'old' });
    expect(await readNotMe(rotated, await linkIn(rotated, codeMail))).toEqual({ status: 'close' });
  });

  test('a resend repeats the code; a successor is of the new key, keeps the tries, and outlives the old one', async () => {
    const ana = await asksForCode(before, email);
    const code = await latestCode(before);
    const later = takesUp(rotated, ana.flow);
    before.clock.advance(minutes(1));
    expect(await later.resends()).toMatchObject({ status: 'resent' });
    expect(await latestCode(rotated)).toBe(code);
    await later.types(notThe(code));
    before.clock.advance(minutes(6.5));
    expect(await later.resends()).toMatchObject({ status: 'resent' });
    expect(await db.challenge.findUnique({ where: { id: later.flow.challengeId } })).toMatchObject({
      keyId: 'fresh',
      attempts: 1,
    });
    const last = takesUp(retired, later.flow);
    expect(await last.typesTheCode()).toMatchObject({ status: 'proved' });
    expect(await last.chooses(newPassword)).toMatchObject({ status: 'changed' });
  });

  test('a proof of before sets its password afterwards; the second click of a proof seals the same grant', async () => {
    const ana = await asksForCode(before, email);
    const waiting = { ...ana.flow };
    const code = await latestCode(before);
    await ana.types(code);
    const second = takesUp(rotated, waiting);
    await second.types(code);
    expect(second.flow).toEqual(ana.flow);
    expect(await takesUp(rotated, ana.flow).chooses(newPassword)).toMatchObject({ status: 'changed' });
    // The second click on "Set new password", in a process that has the old key only.
    expect(await ana.chooses(newPassword)).toMatchObject({ status: 'changed', deliveryIds: [] });
  });

  test('the link in a code’s mail closes it', async () => {
    const stranger = await asksForCode(before, email);
    const code = await latestCode(before);
    const token = await linkIn(before, codeMail);
    expect(await readNotMe(rotated, token)).toEqual({ status: 'close' });
    expect(await actNotMe(rotated, token)).toEqual({ status: 'closed' });
    expect(await takesUp(rotated, stranger.flow).types(code)).toMatchObject({ status: 'wrong' });
  });

  test('the link in the mail of a changed password disputes it, and what it opens is of the new key', async () => {
    const thief = await asksForCode(before, email);
    await thief.typesTheCode();
    await thief.chooses(newPassword);
    const token = await linkIn(before, changedMail);
    expect(await readNotMe(rotated, token)).toEqual({ status: 'dispute' });
    const outcome = await actNotMe(rotated, token);
    if (outcome.status !== 'disputed') throw new Error(outcome.status);
    await deliver(rotated);
    expect(await takesUp(retired, outcome.flow).typesTheCode()).toMatchObject({ status: 'proved' });
    expect(await signIn(rotated, email, newPassword)).toEqual({ status: 'refused' });
  });

  test('an instance that has the new key behind the old one takes what the others issue', async () => {
    const ana = await asksForCode(rotated, email);
    const other = { ...before, keyring: createKeyring([old, fresh], pepper) };
    expect(await takesUp(other, ana.flow).typesTheCode()).toMatchObject({ status: 'proved' });
  });

  test('identifiers stay who they are: the pepper does not rotate', () => {
    expect(new Set([withOld, withBoth, withFresh].map((ring) => identifierHash(ring, email))).size).toBe(1);
  });
});

describe('CFG-3: once the old key is gone, what hung on it fails closed, and the operator hears of it', () => {
  test.each([
    ['somebody’s', email],
    ['a decoy', 'nobody@example.com'],
  ])('a live code, %s: expired, nothing compared, nothing opened', async (_, address) => {
    const ana = await asksForCode(before, address);
    const code = address === email ? await latestCode(before) : '123456';
    const later = takesUp(retired, ana.flow);
    expect(await later.types(code)).toEqual({ status: 'expired' });
    expect(await db.challenge.findFirst()).toMatchObject({ consumedAt: null, grantExpiresAt: null });
    expect(warned).toEqual([earlyRetirement]);
    // A dead code is dead anyway: that is no news.
    before.clock.advance(minutes(10));
    expect(await later.types(code)).toEqual({ status: 'expired' });
    expect(warned).toHaveLength(1);
  });

  test.each([
    ['somebody’s', email, minutes(1)],
    ['a decoy', 'nobody@example.com', minutes(1)],
    ['one that is nearly dead', email, minutes(8)],
  ])('a resend, %s: start again, and nothing is queued that could not be sent', async (_, address, age) => {
    const ana = await asksForCode(before, address);
    before.clock.advance(age);
    expect(await takesUp(retired, ana.flow).resends()).toEqual({ status: 'start-again' });
    expect(await db.delivery.count()).toBe(1);
    expect(await db.challenge.findMany()).toMatchObject([{ sends: 1, closedAt: null }]);
    expect(warned).toEqual([earlyRetirement]);
  });

  test('what waits in the queue is abandoned', async () => {
    await queueCode(before, email);
    await deliver(retired);
    expect(await messages(retired)).toEqual([]);
    expect(await db.delivery.findFirst()).toMatchObject({ status: 'abandoned', errorCode: 'key-retired' });
    expect(warned).toEqual([earlyRetirement]);
  });

  test('an open grant sets nothing', async () => {
    const ana = await asksForCode(before, email);
    await ana.typesTheCode();
    const rows = await db.user.findMany();
    expect(await takesUp(retired, ana.flow).chooses(newPassword)).toEqual({ status: 'start-again' });
    expect(await db.user.findMany()).toEqual(rows);
    expect(await db.challenge.findFirst()).toMatchObject({ grantSpentAt: null });
    expect(warned).toEqual([earlyRetirement]);
  });

  test('the mail of a changed password leaves without its link', async () => {
    const ana = await asksForCode(before, email);
    await ana.typesTheCode();
    await db.inboxMessage.deleteMany();
    await setPassword(before, ana.flow, { password: newPassword, confirmPassword: newPassword });
    await deliver(retired);
    const [mail] = await messages(retired, 'email');
    expect(mail?.subject).toMatch(changedMail);
    expect(mail?.text).not.toContain('/not-me');
  });
});
