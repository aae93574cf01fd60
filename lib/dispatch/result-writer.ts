import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { describeError, log } from '@/lib/log';
import { within } from '@/lib/within';
import { type Result, writeResults } from './results';

/** A database that comes back within a lease loses no result. Milliseconds between two tries. */
const RETRY_MS = [100, 500, 2_000, 5_000, 10_000];
/** One try, ms: the results behind it wait no longer (TIM-2). A try that ends late changes nothing twice. */
const WRITE_MS = 20_000;

type Deps = { db: Database; clock: Clock };

/**
 * Writes results together: while one statement is under way the next ones gather, so that an idle system writes at
 * once and a busy one in batches. `onFailover` is told when a row was queued for the other channel.
 */
export class ResultWriter {
  readonly #deps: Deps;
  readonly #onFailover: () => void;
  #gathered: { result: Result; done: () => void }[] = [];
  #writing = false;

  constructor(deps: Deps, onFailover: () => void) {
    this.#deps = deps;
    this.#onFailover = onFailover;
  }

  /** Resolves when the result is in the database, or cannot be put there before its lease ends. */
  write(result: Result): Promise<void> {
    return new Promise((done) => {
      this.#gathered.push({ result, done });
      if (!this.#writing) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#writing = true;
    while (this.#gathered.length > 0) {
      const batch = this.#gathered.splice(0);
      await this.#save(batch.map(({ result }) => result));
      for (const { done } of batch) done();
    }
    this.#writing = false;
  }

  async #save(batch: Result[]): Promise<void> {
    const now = this.#deps.clock.now();
    for (const wait of [...RETRY_MS, null]) {
      try {
        if ((await within(WRITE_MS, writeResults(this.#deps.db, batch, now))) > 0) this.#onFailover();
        return;
      } catch (error) {
        log.error({ results: batch.length, ...describeError(error) }, 'could not write results');
        if (wait !== null) await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }
}
