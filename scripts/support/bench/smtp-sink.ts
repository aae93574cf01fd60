import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { selfSignedCertificate } from '@/tests/support/self-signed-certificate';

/** Milliseconds since 1970 with fractions, the same clock in every process of a machine. */
export const instant = (): number => performance.timeOrigin + performance.now();

export type Accepted = { to: string; at: number };

const END = Buffer.from('\r\n.\r\n');

/** Takes every mail and keeps none: who it was for and when it was accepted. TLS from the first byte, no sign-in. */
export async function startSmtpSink(): Promise<{ port: number; ca: string; accepted: Accepted[] }> {
  const accepted: Accepted[] = [];
  const certificate = selfSignedCertificate('127.0.0.1');
  const server = createServer({ ...certificate, noDelay: true }, (socket) => serve(socket, accepted));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, ca: certificate.cert, accepted };
}

function serve(socket: TLSSocket, accepted: Accepted[]): void {
  let left: Buffer = Buffer.alloc(0);
  let inData = false;
  let to = '';
  const take = (): boolean => {
    const end = left.indexOf(inData ? END : '\r\n');
    if (end < 0) return false;
    if (inData) {
      left = left.subarray(end + END.length);
      inData = false;
      socket.write('250 2.0.0 accepted\r\n');
      accepted.push({ to, at: instant() });
      return true;
    }
    const line = left.subarray(0, end).toString();
    left = left.subarray(end + 2);
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') to = /<([^>]*)>/.exec(line)?.[1] ?? '';
    inData = verb === 'DATA';
    socket.write(inData ? '354 go on\r\n' : verb === 'EHLO' ? '250-sink.test\r\n250 8BITMIME\r\n' : '250 2.0.0 ok\r\n');
    if (verb === 'QUIT') socket.end();
    return true;
  };
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    left = left.length > 0 ? Buffer.concat([left, chunk]) : chunk;
    while (take());
  });
  socket.write('220 sink.test ESMTP\r\n');
}
