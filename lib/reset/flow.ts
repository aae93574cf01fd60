import { randomBytes } from 'node:crypto';
import type { Channel } from '@/lib/otp/challenge';

/**
 * What the sealed flow cookie carries between the steps (FLO-1). It names a challenge; the row decides.
 * The grant is there only after the proof, in a newly sealed cookie (FLO-2).
 */
export type Flow = {
  /** Forms repeat it: a form of an older flow in another tab is told so and spends nothing. */
  tag: string;
  /** As typed, trimmed; the only address that is ever echoed (ENU-5). */
  email: string;
  challengeId: string;
  /** ms since 1970, for "done in 38 seconds". */
  startedAt: number;
  /** The channel that was last asked for. Null until a code was requested. */
  channel: Channel | null;
  /** ms since 1970, when a code was last asked for. The same for a decoy: the status's pace goes by it. */
  askedAt: number | null;
  grant: string | null;
  /** ms since 1970, once the new password is set. */
  doneAt: number | null;
};

/** @returns 72 random bits; it marks a form, it guards nothing */
export const newFlowTag = (): string => randomBytes(9).toString('base64url');

/** The page where this flow stands. Coming in anywhere else leads here. */
export function stepOf(
  flow: Flow | null,
):
  | '/forgot-password'
  | '/forgot-password/method'
  | '/forgot-password/verify'
  | '/forgot-password/new-password'
  | '/forgot-password/done' {
  if (!flow) return '/forgot-password';
  if (flow.doneAt !== null) return '/forgot-password/done';
  if (flow.grant !== null) return '/forgot-password/new-password';
  return flow.channel === null ? '/forgot-password/method' : '/forgot-password/verify';
}
