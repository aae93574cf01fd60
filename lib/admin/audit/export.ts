import { auditedExport } from '@/lib/admin/list/audited-export';
import type { Cell } from '@/lib/admin/list/csv';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { type AuditFilter, auditParams } from './filter';
import { type ListedEvent, walkAudit } from './log';

const columns = {
  id: ({ id }) => id,
  'at (UTC)': ({ at }) => at,
  type: ({ type }) => type,
  actor: ({ actorId }) => actorId,
  subject: ({ subjectId }) => subjectId,
  source: ({ source }) => source,
  correlation: ({ correlationId }) => correlationId,
  detail: ({ detail }) => JSON.stringify(detail),
  batch: ({ batch }) => batch,
} as const satisfies Record<string, (row: ListedEvent) => Cell>;

/** All events of a filter as CSV. People are in it by their id alone: the file may lie about (AUD-3). */
export const exportAudit = (
  deps: { db: Database; clock: Clock },
  actorId: string,
  filter: AuditFilter,
): Promise<ReadableStream<Uint8Array>> =>
  auditedExport(deps, {
    type: 'audit_exported',
    actorId,
    filter: auditParams(filter),
    columns,
    walk: (walk) => walkAudit(deps.db, filter, walk),
    cursor: ({ at, id }) => ({ at, id }),
  });
