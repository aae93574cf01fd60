import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { selfSignedCertificate } from '../support/self-signed-certificate';
import type { Arrival } from './counts';
import { type Line, serveSmtp } from './smtp-line';

/**
 * What the server does at a step: takes it, refuses with a reply such as `451 4.3.0 busy`, says nothing until it is let
 * go, or drops the connection. `keep-and-…`: the mail is taken, and whoever sent it does not hear of it.
 */
export type Act = 'take' | 'hold' | 'drop' | 'keep-and-hold' | 'keep-and-drop' | `${number} ${string}`;

export type MailServer = {
  readonly port: number;
  readonly certificate: { key: string; cert: string };
  readonly arrivals: Arrival[];
  /** What it does from now on. */
  does: { auth: Act; rcpt: Act; data: Act };
  /** Answers that are being held. */
  held(): number;
  /** Answers what is held: it is taken. */
  release(): void;
  /** Nothing listens any more, as if the machine was off. */
  off(): Promise<void>;
  on(): Promise<void>;
};

/** SMTP over a socket, with TLS and a sign-in. @param certificate of another one, where one app must trust both */
export async function startMailServer(certificate = selfSignedCertificate('127.0.0.1')): Promise<MailServer> {
  const arrivals: Arrival[] = [];
  const does: MailServer['does'] = { auth: 'take', rcpt: 'take', data: 'take' };
  const context = createSecureContext(certificate);
  const open = new Set<Socket>();
  let held: (() => void)[] = [];
  let server: Server | undefined;
  let port = 0;

  function act(what: Act, line: Line, yes: string, take: () => void = () => {}): void {
    const keeps = what === 'take' || what.startsWith('keep-and');
    if (keeps) take();
    if (what === 'take') line.say(yes);
    else if (what.endsWith('drop')) line.destroy();
    else if (what.endsWith('hold'))
      held.push(() => {
        if (!keeps) take();
        line.say(yes);
      });
    else line.say(what);
    if (what.startsWith('421')) line.destroy();
  }

  const steps = {
    auth: (line: Line) => act(does.auth, line, '235 2.7.0 signed in'),
    rcpt: (line: Line) => act(does.rcpt, line, '250 2.1.5 ok'),
    data: (line: Line, to: string, raw: string) => {
      const code = /^Subject: (\d{6,20}) is/m.exec(raw)?.[1] ?? null;
      act(does.data, line, '250 2.0.0 accepted', () => void arrivals.push({ to, code, at: Date.now() }));
    },
  };

  async function on(): Promise<void> {
    const next = createServer((socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      serveSmtp(socket, context, steps);
    });
    await new Promise<void>((resolve, reject) => next.once('error', reject).listen(port, '127.0.0.1', resolve));
    const address = next.address();
    port = typeof address === 'object' && address ? address.port : port;
    server = next;
  }

  async function off(): Promise<void> {
    const closing = server;
    server = undefined;
    for (const socket of open) socket.destroy();
    if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
  }

  const release = () => {
    const letGo = held;
    held = [];
    for (const go of letGo) go();
  };
  await on();
  return { port, certificate, arrivals, does, held: () => held.length, release, off, on };
}
