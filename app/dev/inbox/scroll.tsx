import type { ReactNode } from 'react';

type Props = { label: string; className?: string; children: ReactNode };

/** A history that scrolls in place. It fades at its lower edge, where more may follow. */
export function Scroll({ label, className = '', children }: Props) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too (WCAG 2.1.1).
      tabIndex={0}
      className={`relative min-h-0 scroll-py-8 overflow-y-auto pb-7 outline-offset-[-3px] [mask-image:linear-gradient(to_top,transparent,black_1.75rem)] [scrollbar-color:var(--line-strong)_transparent] [scrollbar-width:thin] focus-visible:[mask-image:none] ${className}`}
    >
      {children}
    </section>
  );
}
