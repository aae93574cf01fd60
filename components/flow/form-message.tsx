import type { ReactNode } from 'react';

/** The sentence for a form as a whole; it takes focus when it appears. */
export function FormMessage({ tone, children }: { tone: 'bad' | 'good'; children: ReactNode }) {
  const look = tone === 'bad' ? 'bg-bad-soft' : 'bg-good-soft';
  return (
    <div
      data-message
      tabIndex={-1}
      role={tone === 'bad' ? 'alert' : 'status'}
      className={`mb-5 rounded-panel px-4 py-3 text-sm text-ink ${look}`}
    >
      {children}
    </div>
  );
}
