import { type AddressInfo, connect, createServer } from 'node:net';

export type Recorder = { port: number; statements: ReadonlySet<string>; close(): void };

const PARSE = 0x50;
/** Before the first message a client says how it wants to talk: this many bytes, and no letter in front. */
const LENGTH = 4;

/**
 * A way to PostgreSQL that writes down every statement which a driver has parsed on it: what Prisma sends, and not the
 * simple queries of a test.
 * @param to where the server listens
 */
export async function recordStatements(to: { host: string; port: number }): Promise<Recorder> {
  const statements = new Set<string>();
  const server = createServer((client) => {
    const upstream = connect(to.port, to.host);
    const read = messageReader((kind, body) => kind === PARSE && statements.add(statementOf(body)));
    client.on('data', (chunk) => {
      read(chunk);
      upstream.write(chunk);
    });
    upstream.pipe(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      one.on('error', () => {}).on('close', () => other.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, statements, close: () => server.close() };
}

/** Parse: the statement's name, then its text, each with a zero at its end. */
function statementOf(body: Buffer): string {
  const from = body.indexOf(0) + 1;
  return body.toString('utf8', from, body.indexOf(0, from));
}

function messageReader(onMessage: (kind: number, body: Buffer) => void): (chunk: Buffer) => void {
  let held = Buffer.alloc(0);
  let greeted = false;
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const head = greeted ? 1 : 0;
      if (held.length < head + LENGTH) return;
      const end = head + held.readUInt32BE(head);
      if (held.length < end) return;
      if (greeted) onMessage(held[0] as number, held.subarray(head + LENGTH, end));
      greeted = true;
      held = held.subarray(end);
    }
  };
}
