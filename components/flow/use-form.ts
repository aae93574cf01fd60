'use client';

import { useActionState, useEffect, useRef } from 'react';
import { emptyForm, type FormAction, type FormState } from '@/lib/form-state';

/** A group of choices takes no focus itself: the chosen one does, where the arrow keys go on from. */
const firstBad = '[aria-invalid="true"], [data-bad-choice] :checked, [data-message]';

/**
 * A form's state and its element. After an answer with an error, focus goes to the first bad field, or to the
 * form's message (UX-3).
 */
export function useForm(action: FormAction) {
  const [state, submit] = useActionState<FormState, FormData>(action, emptyForm);
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.turn === 0) return;
    ref.current?.querySelector<HTMLElement>(firstBad)?.focus();
  }, [state]);
  return { state, submit, ref };
}
