import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line from the app to a server, which a test can cut, or on which it can hold the answers back. */
export type Line = {
  /** On 127.0.0.1: what the app is told in place of the server's. */
  readonly port: number;
  /** All that the app has said over it. */
  said(): string;
  cut(): void;
  mend(): void;
  /** What the server answers waits until `release`. */
  hold(): void;
  release(): void;
  /** What is open says nothing more, either way, and stays open, as after a failover. What opens later works. */
  silence(): void;
  /**
   * The first connection over which the app says these words falls silent: the server hears them, and its answer is lost.
   * @returns resolves when that has happened
   */
  silenceAt(words: string): Promise<void>;
  close(): void;
};

/** @param to where the server listens */
export async function openLine(to: { host: string; port: number }): Promise<Line> {
  const open = new Set<Socket>();
  const held: (() => void)[] = [];
  let cut = false;
  let holding = false;
  let said = '';
  const silent = new WeakSet<Socket>();
  let trap: { words: string; sprung: () => void } | null = null;
  const server = createServer((client) => {
    if (cut) return void client.destroy();
    const upstream = connect(to.port, to.host);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => open.delete(socket));
    }
    client.on('data', (chunk) => {
      if (silent.has(client)) return;
      const words = chunk.toString('latin1');
      said += words;
      upstream.write(chunk);
      if (!trap || !words.includes(trap.words)) return;
      silent.add(client);
      trap.sprung();
      trap = null;
    });
    upstream.on('data', (chunk) => {
      if (silent.has(client)) return;
      if (holding) held.push(() => client.write(chunk));
      else client.write(chunk);
    });
    // Of a silent connection neither end hears that the other is gone.
    client.on('close', () => silent.has(client) || upstream.destroy());
    upstream.on('close', () => silent.has(client) || client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cutIt = () => {
    cut = true;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    said: () => said,
    cut: cutIt,
    mend: () => {
      cut = false;
    },
    hold: () => {
      holding = true;
    },
    release: () => {
      holding = false;
      for (const answer of held.splice(0)) answer();
    },
    silence: () => {
      for (const socket of open) silent.add(socket);
    },
    silenceAt: (words) =>
      new Promise((sprung) => {
        trap = { words, sprung };
      }),
    close: () => {
      cutIt();
      server.close();
    },
  };
}
