import type { Prisma } from '@/generated/prisma/client';

/** AUD-1, as far as the flow goes today. */
export type AuditType =
  | 'code_requested'
  | 'code_resent'
  /** Asked for past a limit: it looked as ever, and nothing was sent. */
  | 'code_suppressed'
  /** Asked for past what one network may. */
  | 'send_refused'
  | 'guess_refused'
  | 'sign_in_refused'
  | 'code_wrong'
  | 'code_exhausted'
  | 'code_verified'
  | 'challenge_closed'
  /** Handed to a provider, said by Twilio to have arrived, and what did not leave or did not arrive (DEL-7). */
  | 'delivery_sent'
  | 'delivery_delivered'
  | 'delivery_failed'
  | 'password_changed'
  | 'password_disputed'
  | 'sessions_revoked'
  | 'sign_in_succeeded'
  | 'sign_in_failed'
  | 'signed_out'
  | 'sms_stopped'
  | 'sms_started'
  | 'user_created'
  | 'user_promoted'
  | 'user_disabled';

export type AuditEntry = {
  at: Date;
  type: AuditType;
  actorId?: string | null;
  subjectId?: string | null;
  /** Where it came from: a keyed hash of the client's address. */
  source?: string | null;
  correlationId?: string | null;
  detail?: Record<string, string | number | boolean>;
};

/** Works on a client and inside a transaction alike, so that an act and its record commit together. */
type AuditWriter = Pick<Prisma.TransactionClient, 'auditEvent'>;

/** Writes the entries in one statement. */
export async function audit(db: AuditWriter, ...entries: AuditEntry[]): Promise<void> {
  await db.auditEvent.createMany({ data: entries.map((entry) => ({ ...entry, detail: entry.detail ?? {} })) });
}
