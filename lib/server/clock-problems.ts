import { type Clock, minutes } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { compareClocks } from '@/lib/db/clocks';

/** Clocks that NTP sets differ by milliseconds. More than this is a clock that nobody sets, or a zone taken for UTC. */
const MOST_MS = minutes(1);

/**
 * Whether the app and its database agree on the time (TIM-1). Codes live for minutes: with clocks further apart than one,
 * what an admin reads and what a provider is told no longer fit together.
 * @returns one sentence that says what to mend; empty where the server may start
 */
export async function clockProblems(deps: { db: Database; clock: Clock }): Promise<string[]> {
  const { aheadMs, writtenOffMs, readOffMs } = await compareClocks(deps);
  const zoneMs = [writtenOffMs, readOffMs].find((off) => !(Math.abs(off) <= MOST_MS));
  if (zoneMs !== undefined)
    return [
      `DATABASE_URL: a time comes back from this database ${Number.isNaN(zoneMs) ? 'in a form that is no date' : `off by ${inWords(zoneMs)}`}; run ALTER DATABASE … SET TimeZone TO 'UTC' and SET DateStyle TO 'ISO', then start again`,
    ];
  if (Math.abs(aheadMs) <= MOST_MS) return [];
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  return [
    `DATABASE_URL: the database's clock is ${inWords(aheadMs)} ${way} this machine's; set both by NTP, then start again`,
  ];
}

/** @param ms positive or negative, more than a minute */
const inWords = (ms: number): string => {
  const total = Math.round(Math.abs(ms) / minutes(1));
  return total < 120 ? `${total} min` : `${Math.floor(total / 60)} h ${total % 60} min`;
};
