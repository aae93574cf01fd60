import { connect, createServer } from 'node:net';

/** @returns PORT, 3000 where it is not set @throws where it is no port */
export function wantedPort(environment: NodeJS.ProcessEnv): number {
  const text = environment.PORT?.trim() || '3000';
  const wanted = Number(text);
  if (!/^\d+$/.test(text) || wanted < 1 || wanted > 65_535)
    throw new Error(`PORT is "${text}"; choose a number from 1 to 65535`);
  return wanted;
}

/**
 * Whether anything on this machine listens there, on any address: a browser would meet either of the two.
 * @param host the one address that matters, where there is one
 */
export async function portInUse(port: number, host?: string): Promise<boolean> {
  if (host) return !(await canListen(port, host));
  const answers = await Promise.all([answersOn('127.0.0.1', port), answersOn('::1', port)]);
  return answers.includes(true) || !(await canListen(port));
}

function answersOn(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const answer = (inUse: boolean) => () => {
      socket.destroy();
      resolve(inUse);
    };
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false));
  });
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
