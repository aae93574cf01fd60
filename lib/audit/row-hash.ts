import type { Keyring } from '@/lib/keys/keyring';

/** A row as it is sealed: everything that it says. */
export type SealedRow = {
  id: string;
  at: Date;
  type: string;
  actorId: string | null;
  subjectId: string | null;
  source: string | null;
  correlationId: string | null;
  detail: unknown;
};

/** Bytes of one id, and of one hash, in `AuditBatch`. */
export const PART = 16;

/** One spelling for each value, whatever order the database keeps a detail's names in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, canonical(inner)]);
}

/**
 * The keyed hash of one row, cut to 16 bytes. By the pepper, which does not rotate: seals live longer than keys (CFG-3).
 */
export function rowHash(keyring: Keyring, row: SealedRow): Buffer {
  const { id, at, type, actorId, subjectId, source, correlationId, detail } = row;
  const said = JSON.stringify([
    id,
    at.toISOString(),
    type,
    actorId,
    subjectId,
    source,
    correlationId,
    canonical(detail),
  ]);
  return Buffer.from(keyring.pepperedHash('audit row', said), 'hex').subarray(0, PART);
}

/** @param id a UUID @returns its 16 bytes */
export const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

/** @returns the UUID at this place of a list of ids */
export const idAt = (ids: Uint8Array, index: number): string =>
  Buffer.from(ids.subarray(index * PART, (index + 1) * PART))
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
