import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { selfSignedCertificate } from './self-signed-certificate';

/** One mail as it arrived: what the envelope said, and what the message says. */
export type ReceivedMail = { from: string; recipients: string[]; raw: string; parsed: ParsedMail };

export type SmtpMode = {
  /** Offers no STARTTLS: a transport that needs it must say nothing secret. */
  noStartTls?: boolean;
  /** TLS from the first byte, as on port 465. */
  implicitTls?: boolean;
  /** ms between the mail and the server's answer to it. */
  answersAfter?: number;
  /** The reply to AUTH, RCPT TO or DATA in place of success, e.g. `{ rcpt: '550 5.1.1 No such user' }`. */
  refuse?: Partial<Record<'auth' | 'mail' | 'rcpt' | 'data', string>>;
};

export type TestSmtpServer = {
  readonly port: number;
  /** The authority that its certificate for 127.0.0.1 traces to, in PEM. */
  readonly ca: string;
  readonly mails: ReceivedMail[];
  /** How many times a client tried to sign in. */
  readonly authAttempts: () => number;
  /** How many connections were opened since the start. */
  readonly connections: () => number;
  close(): Promise<void>;
};

export const smtpUser = 'sender@latchkey.test';
export const smtpPassword = 'app-password-canary';

/** `550 5.1.1 No such user` as the error that smtp-server answers with. */
function refusal(reply: string | undefined): Error | undefined {
  if (!reply) return undefined;
  const [, code, words] = /^(\d{3}) (.*)$/.exec(reply) ?? [];
  return Object.assign(new Error(words), { responseCode: Number(code) });
}

const listen = (server: Pick<Server, 'once'> & { listen(port: number, host: string): unknown }): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('listening', () => resolve());
    server.once('error', reject);
    server.listen(0, '127.0.0.1');
  });

/** A real SMTP server on a free port of 127.0.0.1, with a certificate of its own, made at start. */
export async function startSmtpServer(mode: SmtpMode = {}): Promise<TestSmtpServer> {
  const mails: ReceivedMail[] = [];
  let attempts = 0;
  let opened = 0;
  const certificate = selfSignedCertificate('127.0.0.1');
  const options: SMTPServerOptions = {
    ...certificate,
    secure: mode.implicitTls ?? false,
    disableReverseLookup: true,
    // Without STARTTLS it takes passwords in clear: that is the trap that the client must not walk into.
    allowInsecureAuth: mode.noStartTls ?? false,
    authOptional: mode.noStartTls ?? false,
    disabledCommands: mode.noStartTls ? ['STARTTLS'] : [],
    closeTimeout: 50,
    onConnect(_session, done) {
      opened += 1;
      done();
    },
    onAuth(auth, _session, done) {
      attempts += 1;
      const refused = refusal(mode.refuse?.auth);
      if (refused) return done(refused);
      const right = auth.username === smtpUser && auth.password === smtpPassword;
      return right
        ? done(null, { user: auth.username })
        : done(refusal('535 5.7.8 Username and Password not accepted'));
    },
    onMailFrom: (_address, _session, done) => done(refusal(mode.refuse?.mail)),
    onRcptTo: (_address, _session, done) => done(refusal(mode.refuse?.rcpt)),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refused = refusal(mode.refuse?.data);
        if (refused) return done(refused);
        const raw = Buffer.concat(chunks).toString('utf8');
        const { mailFrom, rcptTo } = session.envelope;
        return void simpleParser(raw).then((parsed) => {
          mails.push({
            from: mailFrom ? mailFrom.address : '',
            recipients: rcptTo.map((to) => to.address),
            raw,
            parsed,
          });
          setTimeout(() => done(null), mode.answersAfter ?? 0);
        }, done);
      });
    },
  };
  const server = new SMTPServer(options);
  // A client that hangs up is what some tests are about.
  server.on('error', () => undefined);
  await listen(server.server);
  return {
    port: (server.server.address() as AddressInfo).port,
    ca: certificate.cert,
    mails,
    authAttempts: () => attempts,
    connections: () => opened,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export type Tarpit = {
  readonly port: number /** Connections that are open now. */;
  open(): number;
  close(): Promise<void>;
};

/**
 * A server that never gets to the end. `silent` says nothing at all; `trickle` sends a character of an
 * endless greeting every few milliseconds, so that no time-out of silence ever strikes.
 */
export async function startTarpit(kind: 'silent' | 'trickle'): Promise<Tarpit> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // A greeting at once, then an EHLO answer that never ends.
    if (kind === 'trickle') socket.write('220 tarpit.test ESMTP\r\n');
    const drip = kind === 'trickle' ? setInterval(() => socket.write('250-DRIP\r\n'), 20) : undefined;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      sockets.delete(socket);
    });
  });
  await listen(server);
  return {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
