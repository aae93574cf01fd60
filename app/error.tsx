'use client';

import { ButtonLink } from '@/components/ui/button';
import { StepCard } from '@/components/ui/step-card';

/** An outage or a bug: one sentence and a reference that the log has too. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <StepCard
      title="Something is wrong on our side"
      sub="Nothing that you did was lost or changed. Try again in a moment."
    >
      <div className="grid gap-3">
        <button
          type="button"
          onClick={reset}
          className="min-h-11.5 w-full rounded-field bg-brass font-semibold text-brass-ink"
        >
          Try again
        </button>
        <ButtonLink href="/" look="ghost">
          To the start
        </ButtonLink>
      </div>
      {error.digest && (
        <p className="mt-4 text-[0.8125rem] text-faint">
          Reference: <span className="font-mono">{error.digest}</span>
        </p>
      )}
    </StepCard>
  );
}
