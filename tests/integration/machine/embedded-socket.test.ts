import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Client, Pool } from 'pg';
import { type OpenDatabase, startEmbedded } from '@/scripts/support/embedded';

let served: OpenDatabase;
/** ms that a transaction may be silent here. */
const SILENT_MS = 400;
const clients: Client[] = [];
beforeAll(async () => {
  const started = await startEmbedded('', SILENT_MS);
  if (!started) throw new Error('no database');
  served = started;
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end().catch(() => {})));
  await served.close();
});

async function client(): Promise<Client> {
  const one = new Client({ connectionString: served.url });
  one.on('error', () => {});
  clients.push(one);
  await one.connect();
  return one;
}
/** What its bytes go through: pg has no call to cut it. */
const socketOf = (one: Client): Socket => (one as unknown as { connection: { stream: Socket } }).connection.stream;
const answers = async (): Promise<void> => {
  const other = await client();
  expect((await other.query('SELECT $1::int AS n', [7])).rows).toEqual([{ n: 7 }]);
};

describe('TIM-2: the embedded database serves one connection at a time', () => {
  test('statements and transactions of many connections at once each get their own answers', async () => {
    // With the time that it has in use: here a transaction is silent for as long as this process is busy.
    const patient = await startEmbedded();
    if (!patient) throw new Error('no database');
    const pool = new Pool({ connectionString: patient.url, max: 12 });
    const mine = async (n: number, query: Client['query']): Promise<void> => {
      for (let round = 0; round < 25; round += 1) {
        const filler = round % 5 === 0 ? `/*${'x'.repeat(100_000)}*/` : '';
        const { rows } = await query(`SELECT ${filler} $1::int AS round, ${n} AS n`, [round]);
        expect(rows).toEqual([{ round, n }]);
      }
    };
    const inTransactions = async (n: number): Promise<void> => {
      const one = await pool.connect();
      for (let round = 0; round < 25; round += 1) {
        await one.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
        expect((await one.query('SELECT $1::text AS told', [`${n} ${round}`])).rows).toEqual([
          { told: `${n} ${round}` },
        ]);
        await one.query(round % 2 === 0 ? 'COMMIT' : 'ROLLBACK');
      }
      one.release();
    };
    await Promise.all([
      ...Array.from({ length: 8 }, (_, n) => mine(n, pool.query.bind(pool) as Client['query'])),
      ...Array.from({ length: 4 }, (_, n) => inTransactions(n)),
    ]);
    await pool.end();
    await patient.close();
  });

  test('an error reaches its own connection, and the next statement of that connection works', async () => {
    const one = await client();
    await expect(one.query('SELECT $1::int', ['no number'])).rejects.toThrow('invalid input syntax');
    expect((await one.query('SELECT $1::int AS n', [1])).rows).toEqual([{ n: 1 }]);
  });

  test('a connection that dies in a transaction is rolled back, and the others go on', async () => {
    const one = await client();
    await one.query('CREATE TABLE half (n int)');
    await one.query('BEGIN');
    await one.query('INSERT INTO half VALUES (1)');
    const waits = client().then((other) => other.query('SELECT count(*)::int AS n FROM half'));
    socketOf(one).destroy();
    expect((await waits).rows).toEqual([{ n: 0 }]);
  });

  test('a connection that holds a transaction without a word is dropped after its time, and the others go on', async () => {
    const silent = await client();
    await silent.query('BEGIN');
    const dropped = new Promise((done) => silent.once('end', done));
    const since = performance.now();
    await answers();
    expect(performance.now() - since).toBeGreaterThan(SILENT_MS / 2);
    await dropped;
  });

  test.each([
    ['half a message', Buffer.from([0, 0, 0, 40, 0, 3, 0, 0, 117])],
    ['what no PostgreSQL client says', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a length below nothing', Buffer.from([255, 255, 255, 255, 0, 3, 0, 0])],
  ])('%s stops nobody else', async (_, bytes) => {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.write(bytes);
    await answers();
    socket.destroy();
    await answers();
  });
});
