import type { FormAction } from '@/lib/form-state';
import { solveInWorker } from './solve-in-worker';

/** How the check of this browser stands: null where none is made. */
export type Checking = 'working' | 'waiting' | null;

/** A proof may be used up by a double click or too old on a sleeping phone. One more, then the person is told. */
const MOST_PROOFS = 2;

const wait = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/**
 * An action that answers the server's demand for a proof of work by itself: it works, and sends what was typed once
 * more, with the proof (RL-2). Until then the form is under way, in this page's memory alone. Where no worker runs it
 * waits, as somebody without scripts does.
 * @param says hears how it stands
 */
export function proving(action: FormAction, says: (checking: Checking) => void): FormAction {
  return async (previous, form) => {
    let state = await action(previous, form);
    if (!state.proof) return state;
    try {
      for (let round = 0; state.proof && round < MOST_PROOFS; round += 1) {
        says('working');
        const { challenge, seconds } = state.proof;
        let proof = await solveInWorker(challenge);
        if (proof === null) {
          says('waiting');
          await wait(seconds);
          proof = challenge;
        }
        form.set('proof', proof);
        state = await action(state, form);
      }
    } finally {
      says(null);
    }
    return state;
  };
}
