import { randomUUID } from 'node:crypto';
import { type AuditType, audit } from '@/lib/audit/audit';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { describeError, log } from '@/lib/log';
import { type Cell, csvStream } from './csv';
import type { Cursor, Walk } from './query';

/** Rows that are read and held at once. */
const BATCH = 250;

export type ExportOf<Row> = {
  type: AuditType;
  actorId: string;
  /** As the audit tells it. */
  filter: Record<string, string>;
  /** Each column by its head. */
  columns: Readonly<Record<string, (row: Row) => Cell>>;
  walk(walk: Walk): Promise<Row[]>;
  cursor(row: Row): Cursor;
};

/**
 * A list as CSV, newest first, a batch at a time (WEB-5). It is audited before the first line leaves, with the filter, and
 * at its end with the count and whether the whole list was taken; the two share a correlation.
 */
export async function auditedExport<Row>(
  { db, clock }: { db: Database; clock: Clock },
  { type, actorId, filter, columns, walk, cursor }: ExportOf<Row>,
): Promise<ReadableStream<Uint8Array>> {
  const correlationId = randomUUID();
  await audit(db, { at: clock.now(), type, actorId, correlationId, detail: { ...filter, begun: true } });
  const cells = Object.values(columns);
  async function* batches(): AsyncGenerator<Cell[][]> {
    let than: Cursor | null = null;
    for (;;) {
      const rows: Row[] = await walk({ to: 'older', than, most: BATCH });
      const last = rows.at(-1);
      if (last !== undefined) yield rows.map((row) => cells.map((cell) => cell(row)));
      if (last === undefined || rows.length < BATCH) return;
      than = cursor(last);
    }
  }
  return csvStream(Object.keys(columns), batches(), ({ lines, whole }) =>
    audit(db, { at: clock.now(), type, actorId, correlationId, detail: { ...filter, count: lines, whole } }).catch(
      (error: unknown) => log.error(describeError(error), 'could not audit the end of an export'),
    ),
  );
}
