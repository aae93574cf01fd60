import { createServer } from 'node:https';
import { forward, type Listening, listening } from './forward';
import { selfSignedCertificate } from './self-signed-certificate';

export type TlsProxy = Listening;

/**
 * What stands in front of an app in production: it ends TLS, passes Host on, and writes X-Forwarded-For and -Proto.
 * @param target asked at each request, so that the proxy's port can be known before the app's
 */
export async function startTlsProxy(target: () => string): Promise<TlsProxy> {
  const server = createServer(selfSignedCertificate('127.0.0.1'), (asked, answer) => {
    const { hostname: host, port } = new URL(target());
    const headers = {
      ...asked.headers,
      'x-forwarded-for': [asked.headers['x-forwarded-for'], asked.socket.remoteAddress].filter(Boolean).join(', '),
      'x-forwarded-proto': 'https',
    };
    forward(asked, answer, { host, port, headers });
  });
  return listening(server);
}
