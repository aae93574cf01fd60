'use client';

import { useActionState, useEffect, useRef } from 'react';
import { emptyForm, type FormAction, type FormState } from '@/lib/form-state';

/**
 * A form's state and its element. After an answer with an error, focus goes to the first bad field, or to the
 * form's message (UX-3).
 */
export function useForm(action: FormAction) {
  const [state, submit] = useActionState<FormState, FormData>(action, emptyForm);
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.turn === 0) return;
    const target = ref.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-message]');
    target?.focus();
  }, [state]);
  return { state, submit, ref };
}
