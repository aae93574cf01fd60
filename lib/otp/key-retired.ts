import { log } from '@/lib/log';

/**
 * GEN-2: a live challenge whose key is gone counts as expired. People lose what they were about to do, so whoever took
 * the key out of LATCHKEY_KEYS too early must hear of it.
 */
export const warnKeyRetired = ({ id, keyId }: { id: string; keyId: string }): void =>
  log.warn({ correlationId: id, keyId }, 'the key of a live code was retired');
