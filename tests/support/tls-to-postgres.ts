import { type AddressInfo, connect, createServer } from 'node:net';
import { TLSSocket } from 'node:tls';
import { selfSignedCertificate } from './self-signed-certificate';
import { postgres } from './standalone';

export type TlsToPostgres = { port: number /** PEM, of its own authority. */; ca: string; close(): void };

/** A PostgreSQL that speaks TLS with a private certificate for 127.0.0.1: it answers SSLRequest, then passes all on. */
export async function tlsToPostgres(): Promise<TlsToPostgres> {
  const certificate = selfSignedCertificate('127.0.0.1');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    // SSLRequest, eight bytes, is all that a client says before it hears S.
    socket.once('data', () => {
      socket.write('S');
      const secured = new TLSSocket(socket, { isServer: true, ...certificate });
      const plain = connect(Number(postgres.port || 5432), postgres.hostname);
      for (const [one, other] of [
        [secured, plain],
        [plain, secured],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
        one.pipe(other);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, ca: certificate.cert, close: () => void server.close() };
}
