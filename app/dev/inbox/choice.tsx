import type { MouseEvent, ReactNode } from 'react';

export type Chosen = { href: string; onChoose: () => void };
type Props = Chosen & { id?: string; current: boolean; className?: string; children: ReactNode };

/** A link that picks without a reload where there is JavaScript, and with one where there is none. */
export function Choice({ href, onChoose, id, current, className = '', children }: Props) {
  const choose = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onChoose();
  };
  const look = current ? 'bg-raised text-ink' : 'text-muted hover:text-ink';
  return (
    <a
      id={id}
      href={href}
      onClick={choose}
      aria-current={current ? 'true' : undefined}
      className={`rounded-field text-[0.84rem] tabular-nums ${look} ${className}`}
    >
      {children}
    </a>
  );
}
