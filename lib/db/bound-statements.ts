import { Connection, type PoolClient } from 'pg';
import { WAITS } from './limits';

/** What the driver knows of its connection and the types leave out. */
type Wire = {
  connection: { stream: { destroy(error: Error): void } };
  processID: number | null;
  secretKey: number | null;
  host: string;
  port: number;
  ssl: unknown;
};

/** Prisma reads this as a socket that timed out. */
const silent = (): Error =>
  Object.assign(new Error('the database did not answer in time'), { code: 'ETIMEDOUT', syscall: 'read', errno: -110 });

/**
 * What every interactive transaction begins with, in the same round trip. `SET LOCAL` ends with the transaction, so that
 * it holds behind a pooler in transaction mode, where settings of the connection would be another's.
 */
const BEGIN = `BEGIN; SET LOCAL lock_timeout = ${WAITS.lock}; SET LOCAL statement_timeout = ${WAITS.statement};
  SET LOCAL idle_in_transaction_session_timeout = ${WAITS.idleTransaction}`;

/**
 * Gives each statement of this connection an end. First the server is asked to cancel it: one that waits for a row ends
 * so, and its connection stays good. Where nothing comes then either, the connection is silent. The driver's own
 * `query_timeout` would leave it behind, to hang the next question too: here it is destroyed, and the pool makes another.
 * @param heard is told when the server has answered
 * @param gaveUp is told when it has not, with the moment of the question (performance.now())
 */
export function boundStatements(client: PoolClient, heard: () => void, gaveUp: (asked: number) => void): void {
  const wire = client as unknown as Wire;
  type Ask = (config: unknown, values?: unknown, done?: unknown) => unknown;
  const ask = client.query.bind(client) as Ask;
  const bounded: Ask = (config, values, done) => {
    const asked = performance.now();
    let timer = setTimeout(() => {
      cancel(wire);
      timer = setTimeout(() => {
        gaveUp(asked);
        wire.connection.stream.destroy(silent());
      }, WAITS.cancel);
    }, WAITS.statement);
    const ended = () => {
      clearTimeout(timer);
      heard();
    };
    if (typeof done === 'function')
      return ask(config, values, (...answer: unknown[]) => {
        ended();
        done(...answer);
      });
    return (ask(withLimits(config), values) as Promise<unknown>).finally(ended);
  };
  client.query = bounded as typeof client.query;
}

/** Only a transaction's own connection is asked to begin one. */
const withLimits = (config: unknown): unknown =>
  typeof config === 'object' && config !== null && 'text' in config && config.text === 'BEGIN'
    ? { ...config, text: BEGIN }
    : config;

/**
 * Asks the server to stop what nobody waits for any more: it may itself wait for a row, and hold others. It is a request
 * of its own in PostgreSQL's protocol, which poolers pass on.
 */
function cancel({ host, port, ssl, processID, secretKey }: Wire): void {
  if (!processID || !secretKey || host.startsWith('/')) return;
  const line = new Connection({ ssl } as ConstructorParameters<typeof Connection>[0]) as Canceller;
  const late = setTimeout(() => line.stream.destroy(), WAITS.cancel);
  line.on('error', () => line.stream.destroy());
  line.on('end', () => clearTimeout(late));
  line.on('connect', () => (ssl ? line.requestSsl() : line.cancel(processID, secretKey)));
  line.on('sslconnect', () => line.cancel(processID, secretKey));
  line.connect(port, host);
}

type Canceller = Connection & {
  stream: { destroy(): void };
  connect(port: number, host: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
};
