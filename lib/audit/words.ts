import type { AuditType } from './audit';

/** What happened, for whoever reads the log. The person whom it happened to stands beside it. */
export const auditWords: Readonly<Record<AuditType, string>> = {
  code_requested: 'Asked for a code',
  code_resent: 'Asked for the code again',
  code_suppressed: 'Asked past a limit: nothing was sent',
  send_refused: 'Refused: the network asked for too many codes',
  guess_refused: 'Refused: the network typed too many wrong codes',
  sign_in_refused: 'Refused: too many sign-ins failed',
  code_wrong: 'Typed a wrong code',
  code_exhausted: 'Typed the last wrong code: it is dead',
  code_verified: 'Typed the right code',
  challenge_closed: 'Cancelled a code',
  delivery_sent: 'A message left',
  delivery_delivered: 'A message arrived, says Twilio',
  delivery_failed: 'A message did not arrive',
  password_changed: 'Set a new password',
  password_disputed: 'Said that the new password was not theirs',
  sessions_revoked: 'Was signed out everywhere',
  sign_in_succeeded: 'Signed in',
  sign_in_failed: 'Failed to sign in',
  signed_out: 'Signed out',
  password_right: 'Typed the right password; the second step is to come',
  second_step_asked: 'Was asked for the second step',
  second_step_passed: 'Passed the second step',
  second_step_wrong: 'Typed a wrong code at the second step',
  second_step_refused: 'Refused: too many second steps',
  second_factor_enrolled: 'Set up an authenticator app',
  second_factor_reset: 'Lost the authenticator app by a command',
  sms_stopped: 'SMS were stopped',
  sms_started: 'SMS may leave again',
  sent_by_hand_refused: 'Refused: too many messages by hand',
  transport_tried: 'Had a stopped provider tried again',
  alert_tested: 'Sent a test alert',
  wording_changed: 'Changed the wording of a message',
  test_sent: 'Sent themself a test',
  audit_exported: 'Exported the audit log',
  limit_set: 'Set a limit',
  unblocked: 'Unblocked what one limit had counted',
  delivery_retried: 'Had a message sent again',
  deliveries_exported: 'Exported deliveries',
  user_created: 'Was made an account',
  user_promoted: 'Was made an administrator',
  user_disabled: 'Was disabled',
  user_enabled: 'Was enabled',
  user_demoted: 'Was made no administrator',
  counters_cleared: 'What was counted was forgotten',
  reset_invited: 'Was asked to set a new password',
};

/** Types that belong together, so that nobody picks from forty. */
export const auditGroups = {
  codes: {
    name: 'Codes and resets',
    types: [
      ...['code_requested', 'code_resent', 'code_suppressed', 'code_wrong', 'code_exhausted', 'code_verified'],
      ...['challenge_closed', 'password_changed', 'password_disputed'],
    ],
  },
  messages: { name: 'Messages', types: ['delivery_sent', 'delivery_delivered', 'delivery_failed'] },
  'sign-ins': {
    name: 'Sign-ins',
    types: [
      ...[
        'sign_in_succeeded',
        'sign_in_failed',
        'signed_out',
        'sessions_revoked',
        'password_right',
        'second_step_asked',
      ],
      ...['second_step_passed', 'second_step_wrong', 'second_factor_enrolled', 'second_factor_reset'],
    ],
  },
  refusals: {
    name: 'Refusals',
    types: [
      ...['send_refused', 'guess_refused', 'sign_in_refused', 'second_step_refused', 'sent_by_hand_refused'],
      'code_suppressed',
    ],
  },
  admins: {
    name: 'Administrators’ acts',
    types: [
      ...['user_created', 'user_promoted', 'user_demoted', 'user_disabled', 'user_enabled', 'counters_cleared'],
      ...['reset_invited', 'delivery_retried', 'deliveries_exported', 'audit_exported', 'transport_tried'],
      ...[
        'limit_set',
        'unblocked',
        'alert_tested',
        'wording_changed',
        'test_sent',
        'sms_stopped',
        'sms_started',
        'second_factor_reset',
      ],
    ],
  },
} as const satisfies Record<string, { name: string; types: readonly AuditType[] }>;

export type AuditGroup = keyof typeof auditGroups;

/** @param type what a row has, which may be older than this list */
export const auditWord = (type: string): string =>
  Object.hasOwn(auditWords, type) ? auditWords[type as AuditType] : type.replaceAll('_', ' ');
