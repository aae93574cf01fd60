import type { Prisma } from '@/generated/prisma/client';

/** AUD-1, as far as the flow goes today. */
export type AuditType =
  | 'code_requested'
  | 'code_resent'
  | 'code_wrong'
  | 'code_exhausted'
  | 'code_verified'
  | 'challenge_closed'
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
  correlationId?: string | null;
  detail?: Record<string, string | number | boolean>;
};

/** Works on a client and inside a transaction alike, so that an act and its record commit together. */
type AuditWriter = Pick<Prisma.TransactionClient, 'auditEvent'>;

/** Writes the entries in one statement. */
export async function audit(db: AuditWriter, ...entries: AuditEntry[]): Promise<void> {
  await db.auditEvent.createMany({ data: entries.map((entry) => ({ ...entry, detail: entry.detail ?? {} })) });
}
