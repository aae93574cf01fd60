import type { ReactNode } from 'react';

const tones = { good: 'bg-good-soft text-good', bad: 'bg-bad-soft text-bad', quiet: 'bg-raised text-muted' } as const;

/** A word that says how something stands. */
export function Tag({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  return <span className={`inline-block rounded-full px-2.5 py-0.5 text-[0.78125rem] ${tones[tone]}`}>{children}</span>;
}
