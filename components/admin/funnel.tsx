import { whole } from './figures';

/** Steps as bars of the first one's length, with the figures as text. */
export function Funnel({ steps }: { steps: readonly { name: string; count: number }[] }) {
  const most = Math.max(1, steps[0]?.count ?? 0);
  return (
    <ul className="grid gap-2.5 text-sm">
      {steps.map(({ name, count }) => (
        <li key={name} className="grid grid-cols-[6.5rem_1fr_4rem] items-center gap-3">
          <span className="text-muted">{name}</span>
          <svg className="h-4.5 w-full" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect width="100" height="10" className="fill-raised" />
            <rect width={Math.min(100, (count / most) * 100)} height="10" className="fill-brass" />
          </svg>
          <span className="text-right tabular-nums">{whole(count)}</span>
        </li>
      ))}
    </ul>
  );
}
