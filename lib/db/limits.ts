import { seconds } from '@/lib/clock';

/**
 * How long anything waits for the database, in ms (TIM-2). A connection that goes silent is given up within the longest
 * of them, so that all recovers within 15 s without a restart. docs/architecture.md lists them beside all other waits.
 */
export const WAITS = {
  /** For a connection: to be made, or to come free in the pool. */
  connection: seconds(5),
  /** A connection that nobody uses is given back: another process may be waiting for it, for `connection` at most. */
  idle: seconds(3),
  /** For one statement's answer. Afterwards the server is asked to cancel it. */
  statement: seconds(8),
  /** In a transaction, for a row that another holds. */
  lock: seconds(5),
  /** In a transaction, for the next statement: the server ends it, and what it held is free (a frozen process). */
  idleTransaction: seconds(5),
  /** For a transaction to begin, and for the whole of it. */
  transactionBegin: seconds(10),
  transaction: seconds(10),
  /** For the server to cancel it. Afterwards the connection is destroyed. */
  cancel: seconds(1),
  /** The first TCP probe of a quiet connection; the kernel gives it up ten probes, 1 s each, later. */
  keepAliveDelay: seconds(5),
} as const;

/** Connections of one process, unless DATABASE_POOL or the URL's `connection_limit` say otherwise. */
export const POOL_SIZE = 10;
