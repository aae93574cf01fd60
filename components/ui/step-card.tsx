import type { ReactNode } from 'react';
import { Steps } from './steps';

/** The one card of a page. @param step 1 to 4 where it is a step of the flow */
export function StepCard({
  title,
  sub,
  step,
  children,
}: {
  title: string;
  sub?: ReactNode;
  step?: 1 | 2 | 3 | 4;
  children: ReactNode;
}) {
  return (
    <div className="w-full max-w-108 rounded-card border border-line bg-surface px-5 py-6 shadow-card sm:p-8">
      {step && <Steps at={step} />}
      <h1 className="mb-2 break-words">{title}</h1>
      {sub && <p className="mb-6 text-muted">{sub}</p>}
      {children}
    </div>
  );
}
