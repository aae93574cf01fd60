import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from './self-signed-certificate';

export type TlsProxy = { port: number; close(): void };

/**
 * What stands in front of an app in production: it ends TLS, passes Host on, and writes X-Forwarded-For and -Proto.
 * @param target asked at each request, so that the proxy's port can be known before the app's
 */
export async function startTlsProxy(target: () => string): Promise<TlsProxy> {
  const server = createServer(selfSignedCertificate('127.0.0.1'), (asked, answer) => {
    const { hostname, port } = new URL(target());
    const headers = {
      ...asked.headers,
      'x-forwarded-for': [asked.headers['x-forwarded-for'], asked.socket.remoteAddress].filter(Boolean).join(', '),
      'x-forwarded-proto': 'https',
    };
    const passed = request({ host: hostname, port, method: asked.method, path: asked.url, headers }, (given) => {
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
  return { port: (server.address() as AddressInfo).port, close };
}
