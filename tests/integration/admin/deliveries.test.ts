import { countDecoys, MOST_DECOYS } from '@/lib/admin/deliveries/decoy-count';
import { whoText } from '@/lib/admin/deliveries/filter';
import { seek } from '@/lib/admin/deliveries/find-recipient';
import { listDeliveries } from '@/lib/admin/deliveries/list';
import { cursorText } from '@/lib/admin/list/query';
import { testDatabase } from '@/tests/support/database';
import { asked, noon, pastDeliveries } from '@/tests/support/deliveries';
import { asksForCode } from '@/tests/support/person';
import { queueCode } from '@/tests/support/queue';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const { keyring } = worldOn(db);
const world = () => worldOn(db, { keyring });
const idsOf = async (search: string) => (await listDeliveries(db, asked(search))).rows.map(({ id }) => id);

describe('the list of deliveries', () => {
  test('filters by status, channel, kind of error and time, alone and together', async () => {
    const ana = await somebody(world());
    const [sent, failed, sms, given] = await pastDeliveries(db, ana.id, [
      {},
      { status: 'failed', errorClass: 'account', errorCode: '535' },
      { status: 'failed', channel: 'sms', errorClass: 'recipient', errorCode: '30003' },
      { status: 'abandoned', channel: 'sms' },
    ]);
    expect(await idsOf('')).toEqual([sent, failed, sms, given]);
    expect(await idsOf('status=failed')).toEqual([failed, sms]);
    expect(await idsOf('channel=sms')).toEqual([sms, given]);
    expect(await idsOf('class=account')).toEqual([failed]);
    expect(await idsOf('status=failed&channel=sms&class=recipient')).toEqual([sms]);
    expect(await idsOf('status=delivered')).toEqual([]);
    // From is included, until is not.
    expect(await idsOf('from=2026-11-23T11:59:58&to=2026-11-23T12:00')).toEqual([failed, sms]);
    expect(await idsOf('from=2026-11-24')).toEqual([]);
  });

  test('goes through all of it both ways, also where many were queued at one moment', async () => {
    const ana = await somebody(world());
    const rows = Array.from({ length: 130 }, (_, index) => ({
      queuedAt: new Date(noon.getTime() - Math.floor(index / 40) * 1_000),
      status: (['sent', 'failed', 'abandoned'] as const)[index % 3] ?? 'sent',
      channel: (['email', 'sms'] as const)[index % 2] ?? 'email',
    }));
    await pastDeliveries(db, ana.id, rows);
    const all = (await db.delivery.findMany({ orderBy: [{ queuedAt: 'desc' }, { id: 'desc' }] })).map(({ id }) => id);
    const down: string[][] = [];
    let page = await listDeliveries(db, asked('size=25'));
    expect(page.newer).toBeNull();
    for (;;) {
      down.push(page.rows.map(({ id }) => id));
      if (!page.older) break;
      page = await listDeliveries(db, asked(`size=25&older=${cursorText(page.older)}`));
    }
    expect(down.flat()).toEqual(all);
    expect(down.map((ids) => ids.length)).toEqual([25, 25, 25, 25, 25, 5]);
    const up: string[][] = [];
    for (;;) {
      up.unshift(page.rows.map(({ id }) => id));
      if (!page.newer) break;
      page = await listDeliveries(db, asked(`size=25&newer=${cursorText(page.newer)}`));
      expect(page.older).not.toBeNull();
    }
    expect(up).toEqual(down);
  });

  test('has no decoys; they are counted apart, by time and channel', async () => {
    const ana = await somebody(world());
    const [own] = await pastDeliveries(db, ana.id, [{}]);
    await pastDeliveries(db, null, [{}, {}, { channel: 'sms' }]);
    expect(await idsOf('')).toEqual([own]);
    const ever = { channel: null, from: null, to: null };
    expect(await countDecoys(db, ever)).toBe(3);
    expect(await countDecoys(db, { ...ever, channel: 'sms' })).toBe(1);
    expect(await countDecoys(db, { ...ever, from: noon })).toBe(1);
    expect(await countDecoys(db, { ...ever, to: new Date(noon.getTime() - 2_000) })).toBe(1);
    const flood = Array.from({ length: MOST_DECOYS + 5 }, () => ({}));
    await pastDeliveries(db, null, flood);
    expect(await countDecoys(db, ever)).toBe(MOST_DECOYS + 1);
  });

  test('shows whom it went to masked, also before it left', async () => {
    await somebody(world());
    await queueCode(world(), 'ana@latchkey.test');
    const { rows } = await listDeliveries(db, asked(''));
    expect(rows).toMatchObject([{ to: 'a…@latchkey.test', status: 'queued', answer: null }]);
    expect(JSON.stringify(rows)).not.toContain('ana@');
  });
});

describe('a search by an exact address', () => {
  const find = async (typed: string) => {
    const sought = await seek(world(), typed);
    if (!sought.ok) return 'refused';
    const search = new URLSearchParams({ who: whoText(sought.who), person: sought.person ?? '' });
    expect(search.toString()).not.toMatch(/ana|202555/);
    return idsOf(search.toString());
  };

  test('finds what went there and what has not left yet, however it is spelled, and nobody else’s', async () => {
    await somebody(world());
    await somebody(world(), { email: 'ben@latchkey.test', phone: '+12025550188' });
    await asksForCode(world(), 'ana@latchkey.test', 'email');
    await asksForCode(world(), 'ben@latchkey.test', 'email');
    await asksForCode(world(), 'ana@latchkey.test', 'sms');
    const waiting = await queueCode(world(), 'ana@latchkey.test');
    const rows = await db.delivery.findMany({ include: { user: true } });
    const gone = (channel: string, email: string) =>
      rows
        .filter((row) => row.channel === channel && row.user?.email === email && row.id !== waiting)
        .map(({ id }) => id);
    expect(await find(' ANA@latchkey.test ')).toEqual([waiting, ...gone('email', 'ana@latchkey.test')]);
    expect(await find('+1 (202) 555-0123')).toEqual(gone('sms', 'ana@latchkey.test'));
    expect(await find('ben@latchkey.test')).toEqual(gone('email', 'ben@latchkey.test'));
    expect(await find('nobody@latchkey.test')).toEqual([]);
  });

  test('finds what went to an address that its person has no more', async () => {
    const ana = await somebody(world());
    await asksForCode(world(), 'ana@latchkey.test');
    await db.user.update({ where: { id: ana.id }, data: { email: 'new@latchkey.test' } });
    expect(await find('ana@latchkey.test')).toHaveLength(1);
    expect(await find('new@latchkey.test')).toEqual([]);
  });

  test.each(['', 'ana', '123', '@', "ana@x'; DROP TABLE", '+1', 'a@b\r\nBcc: c@d.test', 'x'.repeat(70)])(
    'refuses %j',
    async (typed) => {
      expect(await find(typed)).toBe('refused');
    },
  );
});

describe('a query string', () => {
  const id = '0b9e1f3a-1111-4222-8333-444455556666';
  test.each([
    'older=x',
    'older=1.2',
    `older=99999999999999999999.${id}`,
    `newer=-5.${id}`,
    `older=1e9.${id}`,
    `older=1.${id}&newer=2.${id}`,
    'from=yesterday',
    'from=2026-02-31',
    'to=2026-13-01T00:00',
    'from=0000-00-00',
    'from=2026-11-24&to=2026-11-23',
    'size=1000000',
    'size=-1',
    'status=lost',
    'channel=pigeon',
    'class=%00',
    'who=ana@latchkey.test',
    `who=email-${'0'.repeat(63)}`,
  ])('%s gets a sentence and the default', async (search) => {
    const ana = await somebody(world());
    const [own] = await pastDeliveries(db, ana.id, [{}]);
    const query = asked(search);
    expect(query.problems).toHaveLength(1);
    expect(query.size).toBe(50);
    expect(query.place).toEqual({ at: 'newest' });
    expect(await idsOf(search)).toEqual([own]);
  });

  test('may be empty, hold what is unknown, and reach to the ends of time', async () => {
    for (const search of ['status=&channel=&class=&from=&to=', 'page=9999999', 'from=0001-01-01&to=9999-12-31T23:59']) {
      expect(asked(search).problems).toEqual([]);
      expect(await idsOf(search)).toEqual([]);
    }
    expect(await idsOf(`older=99999999999999.${id}`)).toEqual([]);
  });
});
