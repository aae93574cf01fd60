'use client';

import { useActionState, useEffect, useRef, useState } from 'react';
import { putBack, takeAfterReload } from '@/components/ui/kept-typed';
import { emptyForm, type FormAction, type FormState } from '@/lib/form-state';
import { type Checking, proving } from './proving';
import { staying } from './staying';

/** A group of choices takes no focus itself: the chosen one does, where the arrow keys go on from. */
const firstBad = '[aria-invalid="true"], [data-bad-choice] :checked, [data-message]';

/**
 * A form's state and its element. After an answer with an error, focus goes to the first bad field, or to the
 * form's message (UX-3). Where the server asks for a proof of work, `checking` says how that stands, and the form goes
 * on being under way: the button takes no press, and what was typed stays. So it does where nothing was sent at all.
 */
export function useForm(action: FormAction) {
  const [checking, setChecking] = useState<Checking>(null);
  // The page that the server writes names the action itself, so that the form can be sent before scripts run.
  const sent = useRef<FormData | null>(null);
  const sends = typeof window === 'undefined' ? action : staying(proving(action, setChecking), sent);
  const [state, submit] = useActionState<FormState, FormData>(sends, emptyForm);
  const ref = useFocusOnBad(state);
  useEffect(() => {
    if (ref.current) takeAfterReload(ref.current);
  }, [ref]);
  useEffect(() => {
    if (state.notSent && ref.current && sent.current) putBack(ref.current, sent.current);
    sent.current = null;
  }, [ref, state]);
  return { state, submit, ref, checking };
}

/** The form that takes focus, at its first bad field or its message, when an answer comes. */
export function useFocusOnBad(state: Pick<FormState, 'turn'>) {
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.turn === 0) return;
    ref.current?.querySelector<HTMLElement>(firstBad)?.focus();
  }, [state]);
  return ref;
}
