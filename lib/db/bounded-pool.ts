import { setTimeout as pause } from 'node:timers/promises';
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { boundStatements } from './bound-statements';
import { WAITS } from './limits';

/** ms between two tries where the server has no connection left for this role or at all. */
const AGAIN_MS = 100;
/** So long the pool stays as small as the server allows. */
const CROWDED_MS = 10_000;

type Taken = (
  error: Error | undefined,
  client: PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/** 53300, in PostgreSQL's words or PgBouncer's. */
const tooMany = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === '53300') || /no more connections allowed/.test(error.message));

/**
 * A pool in which no wait is without an end (TIM-2): statements are bounded, a connection is waited for a bounded time,
 * also where the server has none left, and after one silence no connection is used that may be as dead.
 */
export class BoundedPool extends Pool {
  readonly #heardAt = new WeakMap<PoolClient, number>();
  readonly #most: number;
  #silentSince = Number.NEGATIVE_INFINITY;
  #roomy: NodeJS.Timeout | undefined;

  constructor(config: PoolConfig & { max: number }) {
    super({
      ...config,
      connectionTimeoutMillis: WAITS.connection,
      idleTimeoutMillis: WAITS.idle,
      keepAlive: true,
      keepAliveInitialDelayMillis: WAITS.keepAliveDelay,
    });
    this.#most = config.max;
    this.on('connect', (client) => {
      this.#heardAt.set(client, performance.now());
      boundStatements(
        client,
        () => this.#heardAt.set(client, performance.now()),
        (asked) => {
          this.#silentSince = Math.max(this.#silentSince, asked);
        },
      );
    });
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Taken): void;
  override connect(callback?: Taken): Promise<PoolClient> | undefined {
    const taken = this.#take();
    if (!callback) return taken;
    taken.then(
      (client) => callback(undefined, client, client.release),
      (error: Error) => callback(error, undefined, () => {}),
    );
    return undefined;
  }

  async #take(): Promise<PoolClient> {
    for (const until = performance.now() + WAITS.connection; ; ) {
      try {
        const client = await super.connect();
        // One that has said nothing since another fell silent may be as dead. A fresh one is at hand at once.
        if ((this.#heardAt.get(client) ?? 0) >= this.#silentSince) return client;
        client.release(true);
      } catch (error) {
        if (!tooMany(error) || performance.now() > until) throw error;
        this.#shrink();
        await pause(AGAIN_MS);
      }
    }
  }

  /** What comes now queues for the connections that there are, in place of asking for more; none is kept unused. */
  #shrink(): void {
    this.options.max = Math.max(1, this.totalCount);
    this.options.idleTimeoutMillis = AGAIN_MS;
    clearTimeout(this.#roomy);
    this.#roomy = setTimeout(() => {
      this.options.max = this.#most;
      this.options.idleTimeoutMillis = WAITS.idle;
    }, CROWDED_MS).unref();
  }
}
