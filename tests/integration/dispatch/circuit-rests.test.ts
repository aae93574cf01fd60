import { randomUUID } from 'node:crypto';
import { type Result, writeResults } from '@/lib/dispatch/results';
import { endRests } from '@/tests/support/circuits';
import { testDatabase } from '@/tests/support/database';

// What a circuit makes of results that come late, on the rows that every process reads (DEL-7).

const db = testDatabase();
const name = 'smtp';

const failed = (changes: Partial<Result> = {}): Result => ({
  id: randomUUID(),
  claim: 1,
  attempt: 1,
  status: 'queued',
  transport: name,
  messageId: null,
  errorClass: 'passing',
  errorCode: 'ECONNREFUSED',
  answer: null,
  retryInMs: 1_000,
  failover: null,
  recipientMasked: null,
  recipientHash: null,
  verdict: 'doubt',
  probe: false,
  unused: false,
  country: null,
  cost: null,
  giveBack: null,
  ...changes,
});
const refused = (changes: Partial<Result> = {}) => failed({ verdict: 'stop', errorClass: 'account', ...changes });

const circuit = () => db.transport.findUniqueOrThrow({ where: { name } });
/** Seconds that the circuit still rests, on the database's clock. */
async function restsFor(): Promise<number> {
  const [row] = await db.$queryRaw<[{ rest: number }]>`
    SELECT EXTRACT(EPOCH FROM "openUntil" - now())::float8 AS rest FROM "Transport" WHERE name = ${name}`;
  return row.rest;
}

beforeEach(async () => {
  await db.transport.create({ data: { name } });
});

test('DEL-7: failures that were under way when the circuit opened neither prolong it nor count as an opening', async () => {
  await writeResults(db, [refused()], new Date());
  const { openUntil } = await circuit();
  expect(openUntil).toEqual(expect.any(Date));
  for (let n = 0; n < 4; n += 1) await writeResults(db, [failed(), refused(), failed()], new Date());
  expect(await circuit()).toMatchObject({ openings: 1, openUntil });
});

test('DEL-7: a failed probe opens it again, for twice as long', async () => {
  await writeResults(db, [refused()], new Date());
  expect(await restsFor()).toBeGreaterThan(10);
  expect(await restsFor()).toBeLessThanOrEqual(15);
  await endRests(db);
  await writeResults(db, [failed({ probe: true })], new Date());
  expect(await circuit()).toMatchObject({ openings: 2 });
  expect(await restsFor()).toBeGreaterThan(25);
  expect(await restsFor()).toBeLessThanOrEqual(30);
});

test('DEL-7: the tenth opening rests 300 s at most, and so does every later one', async () => {
  await writeResults(db, [refused()], new Date());
  for (let opening = 2; opening <= 12; opening += 1) {
    await endRests(db);
    await writeResults(db, [failed({ probe: true })], new Date());
    expect(await restsFor()).toBeLessThanOrEqual(300);
  }
  expect(await circuit()).toMatchObject({ openings: 12 });
  expect(await restsFor()).toBeGreaterThan(295);
  await endRests(db);
  await writeResults(db, [failed({ verdict: 'works', probe: true })], new Date());
  expect(await circuit()).toMatchObject({ openings: 0, openUntil: null, failures: 0 });
});
