import type { AuditBatch } from '@/generated/prisma/client';
import { days, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { BEGINNING, batchMac, digestOf } from './batch-mac';
import { AUDIT_KEPT_DAYS } from './purge-batches';
import { idAt, PART, rowHash, type SealedRow } from './row-hash';

/** What does not fit, with the batch, and the event where it can be named. */
export type Finding = {
  what:
    | 'batch-missing'
    | 'batch-altered'
    | 'chain-broken'
    | 'purged-too-early'
    | 'row-missing'
    | 'row-altered'
    | 'row-added'
    | 'seal-not-there';
  batch: number;
  id?: string;
};

export type Verified = {
  batches: number;
  events: number;
  /** What was purged before the oldest that is left. */
  purgedBatches: number;
  unsealed: { events: number; oldest: Date | null };
  /** The newest seal: kept elsewhere, it shows later on whether the chain was cut at its end. */
  newest: Seal | null;
  /** At most a hundred; `found` is how many there are. */
  findings: Finding[];
  found: number;
};

/** A batch and its seal, as somebody wrote it down. */
export type Seal = { number: number; mac: string };

/** Findings that are told one by one. */
const MOST_TOLD = 100;
/** Clocks and a purge at midnight. */
const SLACK_DAYS = 1;

type Deps = { db: Database; keyring: Keyring; now: Date };

/**
 * Goes through the whole chain: every batch is in its place, and every event of each is there as it was sealed (AUD-3).
 * One batch is in memory at a time. What is purged or sealed meanwhile is no finding.
 * @param expected a seal that was noted earlier, to find out whether the end was cut off
 * @param progress is told how many events were looked at, after each batch
 */
export async function verifyAudit(
  { db, keyring, now }: Deps,
  expected: Seal | null = null,
  progress: (events: number) => void = () => {},
): Promise<Verified> {
  const result: Verified = {
    ...{ batches: 0, events: 0, purgedBatches: 0, newest: null, findings: [], found: 0 },
    unsealed: await unsealed(db),
  };
  const find = (finding: Finding): void => {
    result.found += 1;
    if (result.findings.length < MOST_TOLD) result.findings.push(finding);
  };
  let last = null as Seal | null;
  let noted = expected === null;
  for (;;) {
    const batch: AuditBatch | null = await db.auditBatch.findFirst({
      where: { number: { gt: last?.number ?? 0 } },
      orderBy: { number: 'asc' },
    });
    if (!batch) break;
    const { number } = batch;
    // What came before the anchor of a purge is gone with its events; before anything else something is missing.
    if (number !== (last?.number ?? 0) + 1 && !(last === null && batch.purgedAt))
      find({ what: 'batch-missing', batch: (last?.number ?? 0) + 1 });
    else if (batch.previous !== (last?.mac ?? BEGINNING) && !(last === null && batch.purgedAt))
      find({ what: 'chain-broken', batch: number });
    if (batchMac(keyring, batch) !== batch.mac) find({ what: 'batch-altered', batch: number });
    if (batch.purgedAt) {
      result.purgedBatches = number;
      if (batch.sealedAt > plus(now, -days(AUDIT_KEPT_DAYS - SLACK_DAYS)))
        find({ what: 'purged-too-early', batch: number });
    } else {
      for (const finding of await brokenRows(db, keyring, batch)) find(finding);
      result.batches += 1;
      result.events += batch.count;
    }
    if (expected?.number === number) noted = expected.mac === batch.mac;
    if (expected && last === null && batch.number > expected.number) noted = batch.purgedAt !== null;
    last = { number, mac: batch.mac };
    progress(result.events);
  }
  result.newest = last;
  for (const { batch, id } of await strays(db)) find({ what: 'row-added', batch, id });
  if (!noted && expected) find({ what: 'seal-not-there', batch: expected.number });
  return result;
}

/** What of one batch is not as it was sealed. */
async function brokenRows(db: Database, keyring: Keyring, batch: AuditBatch): Promise<Finding[]> {
  const { number, ids, hashes, count, digest } = batch;
  if (digestOf(ids, hashes) !== digest || ids.length !== count * PART)
    return (await purgedMeanwhile(db, number)) ? [] : [{ what: 'batch-altered', batch: number }];
  const rows = await db.$queryRaw<SealedRow[]>`
    SELECT id, at, type, "actorId", "subjectId", source, "correlationId", detail FROM "AuditEvent" WHERE batch = ${number}`;
  const there = new Map(rows.map((row) => [row.id, row]));
  const findings: Finding[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = idAt(ids, index);
    const row = there.get(id);
    there.delete(id);
    if (!row) findings.push({ what: 'row-missing', batch: number, id });
    else if (!rowHash(keyring, row).equals(hashes.subarray(index * PART, (index + 1) * PART)))
      findings.push({ what: 'row-altered', batch: number, id });
  }
  if (findings.length > 0 && (await purgedMeanwhile(db, number))) return [];
  return [...findings, ...[...there.keys()].map((id): Finding => ({ what: 'row-added', batch: number, id }))];
}

const purgedMeanwhile = async (db: Database, number: number): Promise<boolean> => {
  const batch = await db.auditBatch.findUnique({ where: { number }, select: { purgedAt: true } });
  return batch === null || batch.purgedAt !== null;
};

/** Events that say they belong to a batch that does not exist. */
const strays = (db: Database): Promise<{ batch: number; id: string }[]> =>
  db.$queryRaw`
    SELECT batch, id FROM "AuditEvent" e WHERE batch IS NOT NULL AND (
      batch > (SELECT COALESCE(max(number), 0) FROM "AuditBatch") OR batch < (SELECT COALESCE(min(number), 0) FROM "AuditBatch"))
    LIMIT ${MOST_TOLD}`;

async function unsealed(db: Database): Promise<Verified['unsealed']> {
  const [waiting] = await db.$queryRaw<Verified['unsealed'][]>`
    SELECT count(*)::int AS events, min(at) AS oldest FROM "AuditEvent" WHERE batch IS NULL`;
  return waiting ?? { events: 0, oldest: null };
}
