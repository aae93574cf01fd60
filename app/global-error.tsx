'use client';

import './globals.css';

/** The last resort, when even the layout fails. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body className="grid min-h-dvh place-items-center p-4 font-sans">
        <main className="w-full max-w-108 rounded-card border border-line bg-surface p-6">
          <h1 className="mb-2">Something is wrong on our side</h1>
          <p className="mb-6 text-muted">Try again in a moment.</p>
          <button
            type="button"
            onClick={reset}
            className="min-h-11.5 w-full rounded-field bg-brass font-semibold text-brass-ink"
          >
            Try again
          </button>
          {error.digest && <p className="mt-4 text-[0.8125rem] text-faint">Reference: {error.digest}</p>}
        </main>
      </body>
    </html>
  );
}
