import { type Clock, minutes, plus, seconds } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { outboxIsStuck } from '@/lib/dispatch/stuck';
import { describeError, log } from '@/lib/log';
import { within } from '@/lib/within';

type Deps = { db: Database; clock: Clock };

/** `outbox` is told and decides nothing: it is the same for every instance, and an alert (OBS-2). */
export type Readiness = { ready: boolean; database: 'ok' | 'unavailable'; outbox: 'ok' | 'stuck' | 'unknown' };

/** Whoever asks waits no longer, ms. */
const PATIENCE_MS = seconds(3);
/** Any number of questions within so many ms cost one write. */
const FRESH_MS = seconds(1);
/** The row that is written. It is nothing else's, and goes when nobody asks any more. */
const KEY = 'ready';

/**
 * Whether this instance can serve (OBS-3): the database takes a write. A server that only reads, as a standby after a
 * failover, and one whose disk is full answer every question and can issue no code.
 */
async function look(deps: Deps): Promise<Readiness> {
  try {
    return await within(PATIENCE_MS, writes(deps));
  } catch (error) {
    log.error(describeError(error), 'not ready');
    return { ready: false, database: 'unavailable', outbox: 'unknown' };
  }
}

async function writes({ db, clock }: Deps): Promise<Readiness> {
  await db.$executeRaw`
    INSERT INTO "Counter" (key, "expiresAt") VALUES (${KEY}, ${plus(clock.now(), minutes(10))})
    ON CONFLICT (key) DO UPDATE SET "expiresAt" = EXCLUDED."expiresAt"`;
  return { ready: true, database: 'ok', outbox: (await outboxIsStuck(db)) ? 'stuck' : 'ok' };
}

/** Remembers the answer for a second: the address is open to everybody, and each question would write. */
export function createReadiness(): (deps: Deps) => Promise<Readiness> {
  let known: { answer: Promise<Readiness>; at: number } | null = null;
  return (deps) => {
    if (!known || performance.now() - known.at > FRESH_MS) known = { answer: look(deps), at: performance.now() };
    return known.answer;
  };
}
