import { createServer } from 'node:http';
import { forward, type Listening, listening } from './forward';

export type Balancer = Listening & {
  /** How many requests each of the servers got. */
  readonly sent: readonly number[];
};

/**
 * A load balancer without sticky sessions: each request goes to the next server.
 * @param ports of the servers on 127.0.0.1
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const sent = ports.map(() => 0);
  let turn = 0;
  const server = createServer((asked, answer) => {
    const at = turn++ % ports.length;
    sent[at] = (sent[at] ?? 0) + 1;
    forward(asked, answer, { host: '127.0.0.1', port: ports[at] ?? 0, headers: asked.headers });
  });
  return { ...(await listening(server)), sent };
}
