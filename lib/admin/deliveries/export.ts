import { auditedExport } from '@/lib/admin/list/audited-export';
import type { Cell } from '@/lib/admin/list/csv';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { type DeliveryFilter, filterParams } from './filter';
import { type ListedDelivery, walkDeliveries } from './list';

const columns = {
  id: ({ id }) => id,
  'queued at (UTC)': ({ queuedAt }) => queuedAt,
  kind: ({ kind }) => kind,
  channel: ({ channel }) => channel,
  status: ({ status }) => status,
  to: ({ to }) => to,
  'sent at (UTC)': ({ sentAt }) => sentAt,
  'delivered at (UTC)': ({ deliveredAt }) => deliveredAt,
  'ended at (UTC)': ({ endedAt }) => endedAt,
  transport: ({ transport }) => transport,
  tries: ({ attempts }) => attempts,
  'error class': ({ errorClass }) => errorClass,
  'error code': ({ errorCode }) => errorCode,
  'provider said': ({ answer }) => answer,
  country: ({ country }) => country,
  person: ({ userId }) => userId,
  correlation: ({ challengeId }) => challengeId,
} as const satisfies Record<string, (row: ListedDelivery) => Cell>;

/** All deliveries of a filter as CSV. */
export const exportDeliveries = (
  deps: { db: Database; clock: Clock },
  actorId: string,
  filter: DeliveryFilter,
): Promise<ReadableStream<Uint8Array>> =>
  auditedExport(deps, {
    type: 'deliveries_exported',
    actorId,
    filter: filterParams(filter),
    columns,
    walk: (walk) => walkDeliveries(deps.db, filter, walk),
    cursor: ({ queuedAt, id }) => ({ at: queuedAt, id }),
  });
