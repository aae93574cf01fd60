import { newChallengeId } from '@/lib/otp/derive';
import { trimTyped } from '@/lib/typed-text';
import { type IdentifierProblem, normaliseEmail } from '@/lib/users/identifiers';
import { type Flow, newFlowTag } from './flow';

export type StartOutcome = { status: 'started'; flow: Flow } | { status: 'refused'; problem: IdentifierProblem };

/**
 * Opens a flow for whatever address was typed. Nothing is looked up (ENU-1); the challenge's id is made here,
 * so that a double click on "Send code" makes one challenge.
 * @param email anything a form sent
 */
export function start(email: unknown, now: Date): StartOutcome {
  const normalised = normaliseEmail(email);
  if (!normalised.ok) return { status: 'refused', problem: normalised.problem };
  return {
    status: 'started',
    flow: {
      tag: newFlowTag(),
      email: trimTyped(String(email)),
      challengeId: newChallengeId(),
      startedAt: now.getTime(),
      channel: null,
      askedAt: null,
      grant: null,
      doneAt: null,
    },
  };
}
