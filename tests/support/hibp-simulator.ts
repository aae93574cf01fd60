import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the next questions are answered. `hang` never does; `trickle` begins and never ends. */
export type HibpMode = 'usual' | 'padding' | 'hang' | 'trickle' | { status: number } | { body: string };

export type HibpSimulator = {
  url: URL;
  /** All that came of each question: its first line, headers and body, as text. */
  readonly asked: string[];
  answers(mode: HibpMode): void;
  /** From now on this one is in the range of its prefix. @param times how often it was seen; 0 is a line of padding */
  knows(password: string, times: number): void;
  close(): Promise<void>;
};

export const sha1 = (password: string): string => createHash('sha1').update(password).digest('hex').toUpperCase();

const suffix = (): string => randomBytes(18).toString('hex').slice(0, 35).toUpperCase();

/** An HTTP server that answers like api.pwnedpasswords.com: `SUFFIX:count` lines that end with CR LF. */
export async function startHibp(): Promise<HibpSimulator> {
  const asked: string[] = [];
  const known = new Map<string, number>();
  let mode: HibpMode = 'usual';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(`${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n${body}`);
    if (mode === 'hang') return;
    if (mode === 'trickle') {
      response.writeHead(200).write(`${suffix()}:1\r\n`);
      return;
    }
    if (typeof mode === 'object') {
      const { status, text } = 'status' in mode ? { status: mode.status, text: '' } : { status: 200, text: mode.body };
      response.writeHead(status, { Location: '/elsewhere' }).end(text);
      return;
    }
    const prefix = request.url?.match(/^\/range\/([0-9A-F]{5})$/)?.[1];
    if (!prefix) {
      response.writeHead(400).end('The hash prefix was not in a valid format');
      return;
    }
    const own = [...known].filter(([hash]) => hash.startsWith(prefix)).map(([hash, n]) => `${hash.slice(5)}:${n}`);
    const count = mode === 'padding' ? 0 : 3;
    const others = Array.from({ length: 800 }, () => `${suffix()}:${count}`);
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end([...others, ...own].sort().join('\r\n'));
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    asked,
    answers(next) {
      mode = next;
    },
    knows: (password, times) => void known.set(sha1(password), times),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
