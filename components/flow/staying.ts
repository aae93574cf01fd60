import { whyNotSent } from '@/components/ui/why-not-sent';
import type { FormAction } from '@/lib/form-state';

/**
 * An action that never throws the form away because it could not be reached: the network dropped, a proxy answered in
 * its place, or another build is there by now.
 * @param sent is given what the form held then
 */
export function staying(action: FormAction, sent: { current: FormData | null }): FormAction {
  return async (previous, form) => {
    try {
      return await action(previous, form);
    } catch (error) {
      const notSent = whyNotSent(error);
      sent.current = form;
      const { turn, values, proof } = previous;
      return { turn: turn + 1, ...(values ? { values } : {}), ...(proof ? { proof } : {}), notSent };
    }
  };
}
