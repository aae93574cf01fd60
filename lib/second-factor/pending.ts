import { minutes } from '@/lib/clock';

/**
 * Somebody whose password fitted and who has no session yet (ADM-5), as the sealed cookie carries them. Its seal ends
 * after `PENDING_MS`; the cookie is worth nothing without its row (pending-row.ts).
 */
export type Pending = {
  /** Of the row; empty where there is none yet. */
  id: string;
  userId: string;
  passwordVersion: number;
  /** Where they wanted to go; a path of this site. */
  next: string;
  /** The challenge of the code in the local inbox, where there is one. */
  challengeId: string;
  /** Once the enrolment word was right: its hash, and the secret that their app is being given. */
  enrolling: { wordHash: string; secret: string } | null;
  /** Once an app is enrolled: what is shown this once. Whoever holds this has passed the second step. */
  recoveryCodes: string[] | null;
};

/** Long enough to find the phone, install an app and scan. */
export const PENDING_MS = minutes(15);
/** How long a passed second step counts as fresh for destructive acts (ADM-5). */
export const FRESH_MS = minutes(10);

/** @param next a path of this site */
export const newPending = (who: { userId: string; passwordVersion: number }, next: string): Pending => ({
  id: '',
  userId: who.userId,
  passwordVersion: who.passwordVersion,
  next,
  challengeId: '',
  enrolling: null,
  recoveryCodes: null,
});
