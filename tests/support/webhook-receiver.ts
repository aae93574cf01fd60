import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { closing } from './mailing';

export type WebhookReceiver = {
  url: URL;
  posts: { path: string; type: string | undefined; body: Record<string, unknown> }[];
  /** What it answers from now on. */
  answers(status: number, headers?: Record<string, string>): void;
};

/** A chat's incoming webhook on a free port of 127.0.0.1: it takes JSON, and ends with the test. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const posts: WebhookReceiver['posts'] = [];
  let answer: { status: number; headers: Record<string, string> } = { status: 200, headers: {} };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      posts.push({ path: request.url ?? '', type: request.headers['content-type'], body: JSON.parse(body) });
      response.writeHead(answer.status, answer.headers).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/hooks/a-secret-word`),
    posts,
    answers: (status, headers = {}) => {
      answer = { status, headers };
    },
  };
}
