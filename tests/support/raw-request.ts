import { type IncomingHttpHeaders, request } from 'node:http';

export type RawAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

type Asked = {
  method?: string;
  /** Sent as it stands; nothing is resolved or encoded. */
  path: string;
  /** These and no others, Host aside, which is the base's unless given. */
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
};

/** A request as no browser and no `fetch` would send it. Redirects are not followed. */
export function rawRequest(base: string, { method = 'GET', path, headers = {}, body }: Asked): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname, port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
