import type { Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { smtpPassword, smtpUser } from '../support/smtp-server';

/** What happens to a step; see `Act`. */
export type Steps = {
  /** Sends the server's answer to a step when it wants to, or destroys the line. */
  auth(line: Line): void;
  rcpt(line: Line): void;
  data(line: Line, to: string, raw: string): void;
};

export type Line = { say(reply: string): void; destroy(): void };

const END = '\r\n.\r\n';
const credentials = Buffer.from(`\0${smtpUser}\0${smtpPassword}`).toString('base64');

/** The server's side of one SMTP connection (RFC 5321): STARTTLS and a sign-in come before anything else. */
export function serveSmtp(plain: Socket, context: SecureContext, steps: Steps): void {
  let socket: Socket = plain;
  let secure = false;
  let left = '';
  let inData = false;
  let to = '';
  const line: Line = { say: (reply) => void socket.write(`${reply}\r\n`), destroy: () => void socket.destroy() };

  function command(text: string): void {
    const verb = text.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') line.say(secure ? '250-faults.test\r\n250 AUTH PLAIN' : '250-faults.test\r\n250 STARTTLS');
    else if (verb === 'STAR') startTls();
    else if (!secure) line.say('530 5.7.0 STARTTLS first');
    else if (verb === 'AUTH' && text.endsWith(credentials)) steps.auth(line);
    else if (verb === 'AUTH') line.say('535 5.7.8 not accepted');
    else if (verb === 'RCPT') {
      to = /<([^>]*)>/.exec(text)?.[1] ?? '';
      steps.rcpt(line);
    } else if (verb === 'DATA') {
      inData = true;
      line.say('354 go on');
    } else if (verb === 'QUIT') socket.end('221 2.0.0 bye\r\n');
    else line.say('250 2.0.0 ok');
  }

  function startTls(): void {
    line.say('220 2.0.0 go on');
    plain.removeAllListeners('data');
    secure = true;
    socket = new TLSSocket(plain, { isServer: true, secureContext: context });
    listen();
  }

  function listen(): void {
    socket.on('error', () => {});
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      left += chunk;
      for (;;) {
        const end = left.indexOf(inData ? END : '\r\n');
        if (end < 0) return;
        const text = left.slice(0, end);
        left = left.slice(end + (inData ? END.length : 2));
        if (!inData) command(text);
        else {
          inData = false;
          steps.data(line, to, text);
        }
      }
    });
  }

  listen();
  line.say('220 faults.test ESMTP');
}
