import type { ReactNode } from 'react';

/** A box of the admin area with a heading of its own. */
export function Panel({ title, children, className = '' }: { title: string; children: ReactNode; className?: string }) {
  return (
    <section className={`min-w-0 rounded-panel border border-line bg-surface p-4.5 ${className}`}>
      <h2 className="mb-3.5 font-semibold tracking-tight">{title}</h2>
      {children}
    </section>
  );
}

/** One figure that is read from across the room. @param tone of the sentence under it */
export function Tile({
  label,
  figure,
  note,
  tone = 'quiet',
}: {
  label: string;
  figure: string;
  note: ReactNode;
  tone?: 'quiet' | 'good' | 'bad';
}) {
  const look = { quiet: 'text-muted', good: 'text-good', bad: 'text-bad' }[tone];
  return (
    <div className="rounded-panel border border-line bg-surface p-4.5">
      <dt className="text-[0.8125rem] text-muted">{label}</dt>
      <dd>
        <span className="mt-1 block text-[1.75rem] font-semibold leading-tight tracking-tight tabular-nums">
          {figure}
        </span>
        <span className={`mt-1 block text-[0.8125rem] ${look}`}>{note}</span>
      </dd>
    </div>
  );
}
