import { seconds } from '@/lib/clock';
import type { Flow } from '@/lib/reset/flow';

/** How often a waiting page may ask: in the first seconds a code is most likely to move. */
const pace = [
  { until: seconds(15), every: seconds(1) },
  { until: seconds(60), every: seconds(2) },
] as const;
const AFTERWARDS = seconds(5);

/** @returns ms until the page asks again. It goes by the sealed cookie alone: a decoy's pace is the same. */
export function pollIn(flow: Pick<Flow, 'askedAt' | 'startedAt'>, now: Date): number {
  const age = now.getTime() - (flow.askedAt ?? flow.startedAt);
  return pace.find(({ until }) => age < until)?.every ?? AFTERWARDS;
}
