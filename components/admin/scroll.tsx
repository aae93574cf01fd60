import type { ReactNode } from 'react';

/**
 * Something wide that scrolls by itself, so that the page never does; by keyboard too (UX-3). What is for screen readers
 * only stays inside of it.
 * @param short whether it is kept low and scrolls down as well
 */
export const Scroll = ({ label, short, children }: { label: string; short?: boolean; children: ReactNode }) => {
  const look = short ? 'relative max-h-64 overflow-auto' : 'relative overflow-x-auto';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className={look} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
};
