import type { ReactNode } from 'react';

const tones = { good: 'bg-good-soft', bad: 'bg-bad-soft', info: 'bg-raised' } as const;

/** A sentence about the whole page. */
export function Notice({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  return (
    <div role="status" className={`mb-5 rounded-panel px-4 py-3 text-sm text-ink ${tones[tone]}`}>
      {children}
    </div>
  );
}
