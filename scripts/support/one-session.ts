import type { PGlite } from '@electric-sql/pglite';

/** ms that a connection may hold a transaction open without a word before it is rolled back and dropped (TIM-2). */
export const SILENT_MS = 20_000;

export type Session = {
  /** Runs messages that belong together when it is this connection's turn. @param answer is given the server's bytes */
  run(connection: symbol, messages: Uint8Array, answer: (bytes: Uint8Array) => void): Promise<void>;
  /** The connection is gone: what it had queued never runs, and its open transaction is rolled back. */
  leave(connection: symbol): Promise<void>;
  /** Until everything that was queued before has run. */
  settled(): Promise<void>;
};

type Waiting = { connection: symbol; act: () => Promise<void>; done: () => void; refuse: (why: unknown) => void };

/**
 * The one session of the embedded database, taken by one connection at a time. While a connection has a transaction open,
 * every other one waits.
 * @param drop ends a connection that has held its transaction for `silentMs` without a word
 */
export function oneSession(db: PGlite, drop: (connection: symbol) => void, silentMs: number): Session {
  let queue: Waiting[] = [];
  let working = false;
  let owner: symbol | undefined;
  let silence: NodeJS.Timeout | undefined;

  function next(): Waiting | undefined {
    const index = owner === undefined ? 0 : queue.findIndex(({ connection }) => connection === owner);
    return index < 0 ? undefined : queue.splice(index, 1)[0];
  }

  /** Only ever one at a time. It never throws, so that no message of anyone stops it for good. */
  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let one = next(); one; one = next()) {
      clearTimeout(silence);
      const ended = await one.act().then(
        () => one.done,
        (why: unknown) => () => one.refuse(why),
      );
      owner = db.isInTransaction() ? one.connection : undefined;
      ended();
    }
    working = false;
    if (owner === undefined) return;
    const silent = owner;
    silence = setTimeout(() => drop(silent), silentMs).unref();
  }

  const enqueue = (connection: symbol, act: () => Promise<void>): Promise<void> =>
    new Promise((done, refuse) => {
      queue.push({ connection, act, done, refuse });
      void work();
    });

  return {
    run: (connection, messages, answer) =>
      enqueue(connection, () =>
        db.runExclusive(() => db.execProtocolRawStream(messages, { onRawData: answer })).then(() => undefined),
      ),
    leave(connection) {
      const gone = new Error('The connection has ended.');
      for (const one of queue) if (one.connection === connection) one.refuse(gone);
      queue = queue.filter((one) => one.connection !== connection);
      return enqueue(connection, async () => {
        if (owner === connection && db.isInTransaction()) await db.exec('ROLLBACK');
      });
    },
    settled: () => enqueue(Symbol('settled'), async () => {}),
  };
}
