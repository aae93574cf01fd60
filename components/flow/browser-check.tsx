import type { FormState } from '@/lib/form-state';
import type { Checking } from './proving';

/** What a button says while its answer is under way. @param usual where no browser is checked */
export const underWay = (checking: Checking, usual: string): string =>
  checking ? 'One moment, checking this browser…' : usual;

const told: Record<NonNullable<Checking>, string> = {
  working: 'One moment, checking this browser. What you typed is sent by itself.',
  waiting: 'Checking this browser takes about half a minute. What you typed is sent by itself.',
};

/**
 * The part of a form that a proof of work needs: the challenge as a field, which passes unsolved after its wait, and a
 * place where a screen reader hears that the browser is being checked. It is there beforehand, or nothing would be said.
 */
export function BrowserCheck({ state, checking }: { state: FormState; checking: Checking }) {
  return (
    <>
      {state.proof && <input type="hidden" name="proof" value={state.proof.challenge} />}
      <span role="status" className="sr-only">
        {checking && told[checking]}
      </span>
    </>
  );
}
