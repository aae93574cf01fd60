import { type IncomingHttpHeaders, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type To = { host: string; port: number | string; headers: IncomingHttpHeaders };

/** Hands a request on to another server, and its answer back. */
export function forward(asked: IncomingMessage, answer: ServerResponse, to: To): void {
  const passed = request({ ...to, method: asked.method, path: asked.url }, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers);
    given.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
}

export type Listening = { port: number; close(): void };

/** Listens on a free port of 127.0.0.1. */
export async function listening(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}
