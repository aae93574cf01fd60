import type { Webhook } from '@/lib/alerts/webhook';
import { seconds } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { describeError, log } from '@/lib/log';
import type { SmsCost } from '@/lib/sms-budget/cost';
import { SmsGate } from '@/lib/sms-budget/gate';
import { createUpkeep } from '@/lib/upkeep/upkeep';
import { within } from '@/lib/within';
import { type ClaimedDelivery, claimDeliveries, somethingIsDue, UNPACED } from './claim';
import { DRAIN_MS } from './drain-time';
import { giveHeld } from './held';
import { ensureTransports, type Lane, lanesOf, transportsOf } from './lanes';
import { ResultWriter } from './result-writer';
import { carryOut, type SendDeps } from './send';
import { WordingsInForce } from './wordings-in-force';

export type DispatchDeps = SendDeps & { db: Database; smsCost: SmsCost; webhook: Webhook | null };

export type Dispatcher = {
  /** Claims by itself from now on: at every nudge, and otherwise at short intervals. */
  start(): void;
  /** Something was queued: claims at once. Never throws, never waits. */
  nudge(): void;
  /** Sends what is due until nothing is or the time is up. @returns how many deliveries it handled */
  drain(limitMs: number): Promise<number>;
  /** Sends these, then a few others that wait: for `after()` on serverless. @returns how many it handled */
  sendNow(ids: readonly string[]): Promise<number>;
  /** Claims no more and finishes what is in hand, 20 s at most (DEL-9). */
  stop(): Promise<void>;
};

/** ms between two looks at the queue without a nudge. */
const POLL_MS = seconds(1);
/** The same where somebody waits until nothing is left. */
const DRAIN_POLL_MS = 50;
/** A claim that is not answered by then is given up, so that the next one has its turn (TIM-2). */
const CLAIM_MS = seconds(20);
/** One that was answered later, as to a process that was frozen, is left to its lease: a send may take what remains. */
const FRESH_MS = seconds(35);
/** Deliveries of others that one `after()` takes along, at most. */
const TAKEN_ALONG = 5;

/** `done` gives the ids of deliveries whose codes go by the other channel now. */
type Claimed = { count: number; done: Promise<string[]> };
const nothing: Claimed = { count: 0, done: Promise.resolve([]) };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** The engine of the outbox. Any number of them, in any number of processes, work on one table. */
export function createDispatcher(deps: DispatchDeps): Dispatcher {
  const inHand = new Map<string, number>();
  const working = new Set<Promise<unknown>>();
  const upkeep = createUpkeep(deps);
  const shared = { gate: new SmsGate(deps.db, deps.smsCost), wordings: new WordingsInForce(deps) };
  const writer = new ResultWriter(deps, () => nudge());
  let ready: Promise<void> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let running = false;
  let stopping = false;
  let nudged = false;
  let heldSeen = Number.NEGATIVE_INFINITY;
  const resting = new Set<() => void>();
  /** Transports that the last claim left without room, so that sends that end are a reason to look again. */
  let crowded: readonly Lane['transport'][] = [];

  const wake = (): void => {
    for (const awake of resting) awake();
  };

  function nudge(): void {
    nudged = true;
    wake();
  }

  /** Half of a full transport's room is free again. Not at the first place: a claim costs the same for one as for ten. */
  const roomAgain = (): boolean =>
    crowded.some((name) => {
      const parallel = transportsOf(deps.transports).find((one) => one.name === name)?.pace.parallel ?? 0;
      return (inHand.get(name) ?? 0) <= parallel / 2;
    });

  /** @returns its id where it failed over */
  async function handle(delivery: ClaimedDelivery): Promise<string[]> {
    // A decoy holds no place of a transport.
    const lane = delivery.userId === null ? null : delivery.transport;
    const count = (by: number) => lane && inHand.set(lane, (inHand.get(lane) ?? 0) + by);
    count(1);
    const result = await carryOut(deps, delivery, shared);
    count(-1);
    if (roomAgain()) wake();
    await writer.write(result);
    return result.failover ? [delivery.id] : [];
  }

  /** One claim at a time, so that each knows what the one before has in hand; the database has them take turns anyway. */
  function claim(ids?: readonly string[], most?: number): Promise<Claimed> {
    const mine = turn.then(() => within(CLAIM_MS, claimNow(ids, most)));
    turn = mine.catch(() => undefined);
    return mine;
  }

  /** The sends go on by themselves. */
  async function claimNow(ids?: readonly string[], most = Number.MAX_SAFE_INTEGER): Promise<Claimed> {
    ready ??= within(CLAIM_MS / 2, ensureTransports(deps.db, deps.transports)).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    await ready;
    await lookAtHeld();
    const lanes = lanesOf(deps.transports, (name) => inHand.get(name) ?? 0);
    const limited = lanes.map((lane) => ({ ...lane, free: Math.min(lane.free, most) }));
    const asked = performance.now();
    const claimed = await claimDeliveries(deps.db, limited, deps.clock.now(), ids);
    if (performance.now() - asked > FRESH_MS) return nothing;
    crowded = lanes
      .filter(({ transport, free }) => claimed.filter((one) => one.transport === transport).length >= free)
      .map(({ transport }) => transport);
    const works = claimed.map((delivery) => {
      const work = handle(delivery).finally(() => working.delete(work));
      working.add(work);
      return work;
    });
    return { count: works.length, done: Promise.all(works).then((over) => over.flat()) };
  }

  /** Beside the sweep's own looks at the queue, however often it is nudged. */
  async function lookAtHeld(): Promise<void> {
    if (performance.now() - heldSeen < POLL_MS) return;
    heldSeen = performance.now();
    const offered = (['email', 'sms'] as const).filter((channel) => deps.transports[channel]);
    await giveHeld(deps.db, offered, deps.clock.now());
  }

  /** Until the time is over, or there is a reason to look again. */
  async function rest(ms: number): Promise<void> {
    if (nudged || roomAgain()) return;
    let awake = (): void => {};
    const woken = new Promise<void>((resolve) => {
      awake = resolve;
    });
    resting.add(awake);
    await Promise.race([woken, pause(ms)]);
    resting.delete(awake);
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      void upkeep();
      nudged = false;
      try {
        const { count } = await claim();
        // What costs no provider anything is claimed in portions: there may be more of it.
        if (count >= UNPACED) nudged = true;
      } catch (error) {
        log.error(describeError(error), 'could not claim deliveries');
        nudged = false;
      }
      await rest(POLL_MS);
    }
  }

  const failoversOf = async (ids: string[]): Promise<string[]> =>
    (await deps.db.delivery.findMany({ select: { id: true }, where: { failoverOf: { in: ids } } })).map(({ id }) => id);

  return {
    nudge,
    start() {
      if (running) return;
      running = true;
      void loop();
    },
    async drain(limitMs) {
      const until = performance.now() + limitMs;
      let handled = 0;
      while (!stopping && performance.now() < until) {
        nudged = false;
        const { count } = await claim();
        handled += count;
        if (count === 0 && working.size === 0 && !(await somethingIsDue(deps.db))) break;
        await Promise.race([rest(DRAIN_POLL_MS), ...(working.size > 0 ? [Promise.all(working)] : [])]);
      }
      await Promise.all(working);
      await upkeep();
      return handled;
    },
    async sendNow(ids) {
      const own = ids.length > 0 ? await claim(ids) : nothing;
      const others = await claim(undefined, TAKEN_ALONG);
      const over = (await Promise.all([own.done, others.done])).flat();
      // Nobody else may come by for a minute: what failed over goes now, not with the next cron.
      const second = over.length > 0 ? await claim(await failoversOf(over)) : nothing;
      await second.done;
      return own.count + others.count + second.count;
    },
    async stop() {
      stopping = true;
      wake();
      await Promise.race([Promise.all(working), pause(DRAIN_MS)]);
    },
  };
}
