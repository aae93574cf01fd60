import { createHash } from 'node:crypto';
import type { Keyring } from '@/lib/keys/keyring';

/** What a batch's seal covers. */
export type Link = { number: number; sealedAt: Date; count: number; digest: string; previous: string };

/** What stands before the first batch. */
export const BEGINNING = '';

/** @returns SHA-256 over the ids and the hashes, hex */
export const digestOf = (ids: Uint8Array, hashes: Uint8Array): string =>
  createHash('sha256').update(ids).update(hashes).digest('hex');

/** The keyed hash that makes a batch a link of the chain, hex. */
export const batchMac = (keyring: Keyring, { number, sealedAt, count, digest, previous }: Link): string =>
  keyring.pepperedHash('audit batch', JSON.stringify([number, sealedAt.toISOString(), count, digest, previous]));
