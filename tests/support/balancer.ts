import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Balancer = {
  port: number;
  /** How many requests each of the servers got. */
  readonly sent: readonly number[];
  close(): void;
};

/**
 * What stands in front of several servers and keeps nobody at one of them: each request goes to the next.
 * @param ports of the servers on 127.0.0.1, asked at each request, so that its own port can be known before theirs
 */
export async function startBalancer(ports: () => readonly number[]): Promise<Balancer> {
  const sent: number[] = [];
  let turn = 0;
  const server = createServer((asked, answer) => {
    const at = turn++ % ports().length;
    sent[at] = (sent[at] ?? 0) + 1;
    const to = { host: '127.0.0.1', port: ports()[at], method: asked.method, path: asked.url, headers: asked.headers };
    const passed = request(to, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, sent, close };
}
