import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { postgres } from './standalone';

/** A way to PostgreSQL that can be cut and mended, as if the server went away and came back. */
export type Line = { port: number; cut(): void; mend(): void; close(): void };

export async function lineToPostgres(): Promise<Line> {
  const open = new Set<Socket>();
  let whole = true;
  const proxy = createServer((client) => {
    if (!whole) return void client.destroy();
    const upstream = connect(Number(postgres.port || 5432), postgres.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => open.delete(socket));
    }
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (proxy.address() as AddressInfo).port,
    cut,
    mend: () => {
      whole = true;
    },
    close: () => {
      cut();
      proxy.close();
    },
  };
}
