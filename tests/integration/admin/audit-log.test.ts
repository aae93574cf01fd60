import { exportAudit } from '@/lib/admin/audit/export';
import { readAuditQuery } from '@/lib/admin/audit/filter';
import { listAudit } from '@/lib/admin/audit/log';
import { cursorText } from '@/lib/admin/list/query';
import { type AuditEntry, audit } from '@/lib/audit/audit';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { noon } from '@/tests/support/deliveries';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const asked = (search: string) => readAuditQuery(Object.fromEntries(new URLSearchParams(search)));
const listed = async (search: string) => (await listAudit(db, asked(search))).rows;
const before = (seconds: number) => new Date(noon.getTime() - seconds * 1_000);

/** A morning: Ana’s reset, somebody’s failures, an admin’s acts. */
async function aMorning(): Promise<{ ana: string; ada: string }> {
  const world = worldOn(db);
  const { id: ana } = await somebody(world);
  const { id: ada } = await anAdmin(world);
  await db.auditEvent.deleteMany();
  const trail = { subjectId: ana, correlationId: 'c1' };
  const entries: AuditEntry[] = [
    { at: before(50), type: 'code_requested', ...trail },
    { at: before(40), type: 'delivery_sent', ...trail },
    { at: before(30), type: 'code_verified', ...trail },
    { at: before(20), type: 'sign_in_failed', source: 'f'.repeat(64) },
    { at: before(10), type: 'user_disabled', actorId: ada, subjectId: ana, detail: { before: 'enabled' } },
    { at: before(5), type: 'counters_cleared', actorId: ada, subjectId: ana },
  ];
  await audit(db, ...entries);
  return { ana, ada };
}

test('the newest comes first, with names where they are known, and each filter shows its own', async () => {
  const { ana, ada } = await aMorning();
  const types = async (search: string) => (await listed(search)).map(({ type }) => type);
  expect(await listed('')).toMatchObject([
    { type: 'counters_cleared', actor: 'admin@latchkey.test', subject: 'ana@latchkey.test' },
    { type: 'user_disabled', detail: { before: 'enabled' } },
    { type: 'sign_in_failed', actor: null, subject: null },
    { type: 'code_verified', correlationId: 'c1' },
    { type: 'delivery_sent' },
    { type: 'code_requested' },
  ]);
  expect(await types('what=codes')).toEqual(['code_verified', 'code_requested']);
  expect(await types('what=user_disabled')).toEqual(['user_disabled']);
  expect(await types(`actor=${ada}`)).toEqual(['counters_cleared', 'user_disabled']);
  expect(await types(`subject=${ana}&what=messages`)).toEqual(['delivery_sent']);
  expect(await types('trail=c1')).toEqual(['code_verified', 'delivery_sent', 'code_requested']);
  expect(await types('from=2026-11-23T11:59:40&to=2026-11-23T11:59:50')).toEqual(['sign_in_failed']);
});

test('a page at a time, to and fro, nothing twice and nothing left out, also at one moment', async () => {
  await audit(
    db,
    ...Array.from(
      { length: 130 },
      (_, n): AuditEntry => ({
        at: before(n >> 6),
        type: n % 3 ? 'sign_in_failed' : 'signed_out',
      }),
    ),
  );
  for (const what of ['', '&what=sign-ins']) {
    const seen: string[] = [];
    let place = '';
    let pages = 0;
    for (;;) {
      const page = await listAudit(db, asked(`size=25${what}${place}`));
      seen.push(...page.rows.map(({ id }) => id));
      pages += 1;
      if (!page.older) break;
      place = `&older=${cursorText(page.older)}`;
    }
    expect([pages, seen.length, new Set(seen).size]).toEqual([6, 130, 130]);
    const last = await listAudit(db, asked(`size=25${what}${place}`));
    const back = await listAudit(db, asked(`size=25${what}&newer=${last.newer && cursorText(last.newer)}`));
    expect(back.rows.map(({ id }) => id)).toEqual(seen.slice(100, 125));
  }
});

test.each([
  ['what', 'everything'],
  ['subject', 'ana@latchkey.test'],
  ['actor', "' OR 1=1"],
  ['trail', '../x'],
  ['from', 'yesterday'],
  ['older', '1.2'],
  ['size', '1000000'],
])('%s=%s has a sentence and its default', async (name, value) => {
  const query = asked(`${name}=${encodeURIComponent(value)}`);
  expect(query.problems).toHaveLength(1);
  expect(await listAudit(db, query)).toMatchObject({ rows: [] });
});

test('WEB-5, AUD-1: the export holds the filter’s events, no formula and no address, and is itself in the log', async () => {
  const { ana, ada } = await aMorning();
  await db.auditEvent.create({ data: { at: noon, type: '=cmd|x', subjectId: ana, detail: { said: '+1' } } });
  const text = await new Response(await exportAudit(worldOn(db), ada, asked(`subject=${ana}`).filter)).text();
  expect(text.trimEnd().split('\r\n')).toHaveLength(7);
  expect(text).toContain(`"'=cmd|x"`);
  expect(text).not.toContain('@');
  const rows = await db.auditEvent.findMany({ where: { type: 'audit_exported' }, orderBy: { at: 'asc' } });
  expect(rows).toMatchObject([
    { actorId: ada, detail: { subject: ana, begun: true } },
    { actorId: ada, detail: { subject: ana, count: 6, whole: true } },
  ]);
  expect(rows[0]?.correlationId).toBe(rows[1]?.correlationId);
});
