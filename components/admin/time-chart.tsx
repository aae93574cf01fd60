'use client';

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useHydrated } from '../ui/use-hydrated';
import { duration } from './figures';
import { Scroll } from './scroll';

export type Point = { at: string; email: number | null; sms: number | null };

const tick = { fill: 'var(--faint)', fontSize: 12 };

/** Two lines, ms over time. The same figures stand in a table behind it, for screen readers and without scripts. */
export function TimeChart({ points, caption }: { points: readonly Point[]; caption: string }) {
  const hydrated = useHydrated();
  return (
    <>
      <div aria-hidden="true" className="h-64 overflow-hidden">
        {hydrated && (
          <ResponsiveContainer width="100%" height="100%">
            <LineChart data={[...points]} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
              <CartesianGrid vertical={false} stroke="var(--line)" />
              <XAxis dataKey="at" tick={tick} tickLine={false} axisLine={false} minTickGap={32} />
              <YAxis tick={tick} tickLine={false} axisLine={false} width={58} tickFormatter={duration} />
              <Tooltip
                formatter={(value) => duration(Number(value))}
                contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 8 }}
                labelStyle={{ color: 'var(--muted)' }}
              />
              <Line name="Email" dataKey="email" stroke="var(--brass)" {...line} />
              <Line name="SMS" dataKey="sms" stroke="var(--wait)" {...line} />
            </LineChart>
          </ResponsiveContainer>
        )}
      </div>
      <p className="mt-2 flex gap-4 text-[0.8125rem] text-muted" aria-hidden="true">
        <span>
          <span className="text-brass">●</span> email
        </span>
        <span>
          <span className="text-wait">●</span> SMS
        </span>
      </p>
      <details className="mt-2 text-[0.8125rem] text-muted">
        <summary className="min-h-11 cursor-pointer py-2.5">The same as a table</summary>
        <Scroll short label={caption}>
          <table className="w-full text-left tabular-nums">
            <caption className="sr-only">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">From (UTC)</th>
                <th scope="col">Email</th>
                <th scope="col">SMS</th>
              </tr>
            </thead>
            <tbody>
              {points.map(({ at, email, sms }) => (
                <tr key={at}>
                  <th scope="row" className="font-normal">
                    {at}
                  </th>
                  <td>{duration(email)}</td>
                  <td>{duration(sms)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  );
}

const line = {
  type: 'monotone',
  strokeWidth: 2.2,
  dot: { r: 2 },
  connectNulls: true,
  isAnimationActive: false,
} as const;
