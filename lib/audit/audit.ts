import type { Prisma } from '@/generated/prisma/client';

/** Everything that is written down (AUD-1). lib/audit/words.ts says it in words. */
export const auditTypes = [
  'code_requested',
  'code_resent',
  // Asked for past a limit: it looked as ever, and nothing was sent.
  'code_suppressed',
  // Asked for past what one network may.
  'send_refused',
  'guess_refused',
  'sign_in_refused',
  'code_wrong',
  'code_exhausted',
  'code_verified',
  'challenge_closed',
  // Handed to a provider, said by Twilio to have arrived, and what did not leave or did not arrive (DEL-7).
  'delivery_sent',
  'delivery_delivered',
  'delivery_failed',
  'password_changed',
  'password_disputed',
  'sessions_revoked',
  'sign_in_succeeded',
  'sign_in_failed',
  'signed_out',
  // An admin's password fitted, and the second step is to come (ADM-5).
  'password_right',
  'second_step_asked',
  'second_step_passed',
  'second_step_wrong',
  'second_step_refused',
  'second_factor_enrolled',
  'second_factor_reset',
  'sms_stopped',
  'sms_started',
  // An admin's acts (AUD-1).
  'sent_by_hand_refused',
  'transport_tried',
  'alert_tested',
  'wording_changed',
  'test_sent',
  'audit_exported',
  'limit_set',
  'unblocked',
  'delivery_retried',
  'deliveries_exported',
  'user_created',
  'user_promoted',
  'user_disabled',
  'user_enabled',
  'user_demoted',
  'counters_cleared',
  'reset_invited',
] as const;

export type AuditType = (typeof auditTypes)[number];

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
