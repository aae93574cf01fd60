import {
  editedWordings,
  restoreWording,
  saveWording,
  type Which,
  wordingInForce,
  wordingVersions,
} from '@/lib/admin/messages/wordings';
import { standardOf } from '@/lib/messages/standard-wordings';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { worldOn } from '@/tests/support/world';

const db = testDatabase();
const mail: Which = { kind: 'code', channel: 'email' };
const service = { appName: 'Latchkey', host: 'localhost' };
const words = (hello: string) => ({
  subject: '{code} for {app}',
  body: `${hello} Your {app} code:\n\n{code}\n\nFor {minutes}.`,
});

async function scene() {
  const world = worldOn(db);
  const { id: ada } = await anAdmin(world);
  const acting = { ...world, adminId: ada, service };
  return { ada, acting, save: (seen: number, hello: string) => saveWording(acting, mail, seen, words(hello)) };
}
const events = () => db.auditEvent.findMany({ where: { type: 'wording_changed' }, orderBy: { at: 'asc' } });

describe('an admin words a message', () => {
  test('from the standard words on each save is a version, and the newest is in force', async () => {
    const { ada, save, acting } = await scene();
    expect(await wordingInForce(db, mail)).toMatchObject({ version: 0, wording: null });
    expect(await save(0, 'Hello.')).toEqual({ status: 'saved', version: 1 });
    acting.clock.advance(1_000);
    expect(await save(1, 'Good day.')).toEqual({ status: 'saved', version: 2 });
    expect(await wordingInForce(db, mail)).toMatchObject({
      version: 2,
      wording: words('Good day.'),
      by: 'admin@latchkey.test',
    });
    expect(await wordingInForce(db, { kind: 'code', channel: 'sms' })).toMatchObject({ version: 0 });
    expect(await events()).toMatchObject([
      { actorId: ada, detail: { by: 'admin', kind: 'code', channel: 'email', before: 0, after: 1, from: 'typed' } },
      { actorId: ada, detail: { before: 1, after: 2 } },
    ]);
    // The versions themselves hold the words; the audit names them.
    expect(JSON.stringify(await events())).not.toContain('Good day');
  });

  test('of two who save at once exactly one wins, and the other is told', async () => {
    const { save } = await scene();
    for (let seen = 0; seen < 3; seen += 1) {
      const outcomes = await Promise.all(['One.', 'Two.', 'Three.'].map((hello) => save(seen, `${hello} ${seen}`)));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['changed-meanwhile', 'changed-meanwhile', 'saved']);
      expect(outcomes.filter(({ status }) => status !== 'saved')).toEqual(
        Array.from({ length: 2 }, () => ({ status: 'changed-meanwhile', version: seen + 1 })),
      );
    }
    expect((await wordingVersions(db, mail)).versions).toHaveLength(3);
    expect(await events()).toHaveLength(3);
  });

  test('goes back to an earlier version, to the standard words and on again; nothing is ever lost', async () => {
    const { save, acting } = await scene();
    await save(0, 'Hello.');
    await save(1, 'Good day.');
    const restore = (seen: number, again: number) => restoreWording(acting, mail, seen, again);
    expect(await restore(2, 1)).toEqual({ status: 'saved', version: 3 });
    expect((await wordingInForce(db, mail)).wording).toEqual(words('Hello.'));
    expect(await restore(3, 0)).toEqual({ status: 'saved', version: 4 });
    expect((await wordingInForce(db, mail)).wording).toBeNull();
    expect(await restore(4, 0)).toEqual({ status: 'same' });
    expect(await restore(4, 4)).toEqual({ status: 'same' });
    expect(await restore(4, 99)).toEqual({ status: 'no-version' });
    expect(await restore(2, 1)).toEqual({ status: 'changed-meanwhile', version: 4 });
    expect(await restore(2, 0)).toEqual({ status: 'changed-meanwhile', version: 4 });
    expect((await events()).map(({ detail }) => (detail as { from: string }).from)).toEqual([
      'typed',
      'typed',
      'version 1',
      'standard',
    ]);
    const { versions } = await wordingVersions(db, mail);
    expect(versions.map(({ wording }) => wording?.body.split(' ')[0] ?? null)).toEqual([
      null,
      'Hello.',
      'Good',
      'Hello.',
    ]);
  });

  test('the same words make no version, and the standard ones typed are the standard ones', async () => {
    const { save, acting } = await scene();
    await save(0, 'Hello.');
    expect(await save(1, '  Hello.')).toEqual({ status: 'same' });
    expect(await saveWording(acting, mail, 1, standardOf('code', 'email'))).toEqual({ status: 'saved', version: 2 });
    expect((await wordingInForce(db, mail)).wording).toBeNull();
  });

  test('is told what is wrong, and nothing is written', async () => {
    const { acting } = await scene();
    const typed = { ...words('See https://evil.test.'), subject: '<b>' };
    expect(await saveWording(acting, mail, 0, typed)).toMatchObject({
      status: 'refused',
      problems: [
        { type: 'markup', field: 'subject' },
        { type: 'link', field: 'body' },
      ],
    });
    expect(await db.messageWording.count()).toBe(0);
    expect(await events()).toEqual([]);
  });

  test('an earlier version that does not fit any more is refused too', async () => {
    const { acting } = await scene();
    const sms: Which = { kind: 'code', channel: 'sms' };
    const long = { subject: null, body: `{code} is your {app} code for {minutes}.${' Ok'.repeat(10)}` };
    expect(await saveWording(acting, sms, 0, long)).toEqual({ status: 'saved', version: 1 });
    expect(await restoreWording(acting, sms, 1, 0)).toEqual({ status: 'saved', version: 2 });
    const elsewhere = { ...acting, service: { appName: 'Latchkey', host: `${'long-name.'.repeat(5)}test` } };
    expect(await restoreWording(elsewhere, sms, 2, 1)).toMatchObject({ status: 'refused' });
  });

  test('goes through many versions page by page', async () => {
    const { save } = await scene();
    for (let n = 0; n < 45; n += 1) await save(n, `Number ${n}.`);
    const seen: number[][] = [];
    let before: number | null = null;
    do {
      const { versions, older } = await wordingVersions(db, mail, before);
      seen.push(versions.map(({ version }) => version));
      before = older;
    } while (before !== null);
    expect(seen.map((page) => page.length)).toEqual([20, 20, 5]);
    expect(seen.flat()).toEqual(Array.from({ length: 45 }, (_, n) => 45 - n));
    expect(await editedWordings(db)).toMatchObject([{ kind: 'code', channel: 'email', own: true }]);
  });
});

describe('the table itself', () => {
  const row = {
    kind: 'code',
    channel: 'email',
    version: 1,
    createdAt: new Date(),
    createdBy: crypto.randomUUID(),
  } as const;
  test.each([
    ['a mail without a subject', { ...row, body: 'x' }],
    ['a subject without a body', { ...row, subject: 'x' }],
    ['a text with a subject', { ...row, channel: 'sms' as const, subject: 'x', body: 'x' }],
    ['a subject of two lines', { ...row, subject: 'x\nBcc: y', body: 'x' }],
    ['an alert', { ...row, kind: 'alert_began' as const }],
    ['an invitation by SMS', { ...row, kind: 'reset_invited' as const, channel: 'sms' as const }],
    ['version 0', { ...row, version: 0 }],
  ])('takes no %s', async (_what, data) => {
    await expect(db.messageWording.create({ data })).rejects.toThrow();
  });
});
