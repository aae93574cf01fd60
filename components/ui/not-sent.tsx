'use client';

import { useEffect, useRef } from 'react';
import type { FormState, NotSentWhy } from '@/lib/form-state';
import { keepForReload } from './kept-typed';

/** Why a form was not sent, above its button; what was typed still stands in it (UX-4). It takes focus. */
export function NotSent({ state }: { state: Pick<FormState, 'turn' | 'notSent'> }) {
  return state.notSent ? <Why key={state.turn} why={state.notSent} /> : null;
}

function Why({ why }: { why: NotSentWhy }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div
      ref={ref}
      data-message
      tabIndex={-1}
      role="alert"
      className="mb-5 basis-full rounded-panel bg-bad-soft px-4 py-3 text-ink text-sm"
    >
      {why === 'no-connection' ? (
        'Nothing was sent: no connection. Try again.'
      ) : (
        <>
          {'This site was just updated, and nothing was sent. '}
          <a
            href={window.location.pathname + window.location.search}
            onClick={(event) => keepForReload(event.currentTarget.closest('form'))}
            className="underline"
          >
            Open this step again
          </a>
        </>
      )}
    </div>
  );
}
