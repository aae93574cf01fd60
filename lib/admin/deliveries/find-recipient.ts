import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { normaliseEmail, normalisePhone } from '@/lib/users/identifiers';
import type { Who } from './filter';

export type Sought = { ok: true; who: Who; person: string | null } | { ok: false };

/**
 * Finds what an exact address or number is called in the table: by the keyed hash that ended deliveries keep, and for
 * those that have not left yet by the person who has it now. What is returned may stand in a URL (FLO-6, AUD-3).
 * @param typed anything a form sent
 */
export async function seek({ db, keyring }: { db: Database; keyring: Keyring }, typed: unknown): Promise<Sought> {
  const text = typeof typed === 'string' ? typed.trim() : '';
  const channel = text.includes('@') ? 'email' : 'sms';
  const normal = channel === 'email' ? normaliseEmail(text) : normalisePhone(text);
  if (!normal.ok) return { ok: false };
  const where = channel === 'email' ? { email: normal.value } : { phone: normal.value };
  const person = await db.user.findUnique({ where, select: { id: true } });
  return {
    ok: true,
    who: { channel, hash: keyring.pepperedHash('recipient', normal.value) },
    person: person?.id ?? null,
  };
}
