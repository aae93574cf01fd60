import 'server-only';
import { randomUUID } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { connections, smtpPace } from '@/lib/delivery/pace';
import type { OutgoingMessage, SendOutcome, Transport } from '@/lib/delivery/port';
import { type CheckOutcome, passwordForms, plainAnswer, secretsOf, smtpFailure } from '@/lib/delivery/provider-answer';
import { isLoopback, type SmtpEnv, type SmtpOptions, type SmtpSettings, smtpSettings } from '@/lib/delivery/settings';
import { headerValue, oneAddress } from './header-value';

/** Milliseconds. Each step may take 10 s, a send 20 s in all, whatever trickles (DEL-1). */
const timeouts = { step: 10_000, send: 20_000 };

export type SmtpTransport = Transport & { /** Signs in and sends nothing. */ check(): Promise<CheckOutcome> };

/** An address that nodemailer takes as it is. */
const bare = (address: string) => ({ name: '', address });

/** What the connection must do about TLS before anything secret is said (DEL-1). */
function security(
  settings: SmtpSettings,
  { tls, implicitTlsPort = 465 }: SmtpOptions,
): {
  secure: boolean;
  requireTLS: boolean;
  ignoreTLS: boolean;
  tls: ConnectionOptions;
} {
  const secure = settings.useSsl || settings.port === implicitTlsPort;
  // Turning TLS off is for a server on this machine: a password never crosses a network in clear.
  const exposed = Boolean(settings.user) && !isLoopback(settings.host);
  const requireTLS = !secure && (settings.useTls || exposed);
  return { secure, requireTLS, ignoreTLS: !secure && !requireTLS, tls: { minVersion: 'TLSv1.2', ...tls } };
}

function createPool(settings: SmtpSettings, options: SmtpOptions) {
  const step = options.stepTimeoutMs ?? timeouts.step;
  return createTransport({
    pool: true,
    maxConnections: connections,
    // A server that counts messages a connection closes it itself; nodemailer's own 100 would only cost handshakes.
    maxMessages: Number.POSITIVE_INFINITY,
    host: settings.host,
    port: settings.port,
    ...security(settings, options),
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password ?? '' } } : {}),
    connectionTimeout: step,
    greetingTimeout: step,
    dnsTimeout: step,
    socketTimeout: step,
    // Newer than the types: how long a peer may take to close before the socket is destroyed.
    ...{ socketCloseTimeout: 1_000 },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * Sends email over pooled SMTP connections (DEL-1).
 * @param env host, credentials and sender by their names in .env
 * @throws UnsafeHeader where the sender could break a header
 */
export function createSmtpTransport(
  env: SmtpEnv,
  options: SmtpOptions = {},
  name: 'smtp' | 'smtp-fallback' = 'smtp',
): SmtpTransport {
  const settings = smtpSettings(env);
  const from = {
    name: headerValue('sender name', settings.from.name),
    address: oneAddress('sender', settings.from.address),
  };
  const pool = createPool(settings, options);
  const credentials = passwordForms(settings.user ?? '', settings.password);
  const limit = options.sendTimeoutMs ?? timeouts.send;

  async function send(message: OutgoingMessage, deliveryId: string = randomUUID()): Promise<SendOutcome> {
    if (message.channel !== 'email') throw new Error('The SMTP transport carries email only.');
    const hidden = [...credentials, ...secretsOf(message)];
    const overall = new AbortController();
    const timer = setTimeout(() => overall.abort(), limit);
    try {
      const to = oneAddress('recipient', message.to);
      const mail: SendMailOptions & { signal: AbortSignal } = {
        from,
        to: bare(to),
        // The envelope decides who gets it: exactly one recipient, whatever the headers say. As a text it would be parsed.
        envelope: { from: bare(from.address), to: [bare(to)] },
        subject: headerValue('subject', message.subject),
        text: message.text,
        html: message.html,
        // Of the delivery: a second copy of one that was accepted just before a crash can be told by it.
        messageId: `<${deliveryId}@${settings.messageHost}>`,
        // RFC 3834: no out-of-office answers to a machine.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        // On abort the pool closes the connection that carries this message.
        signal: overall.signal,
      };
      const info = await pool.sendMail(mail);
      return {
        status: 'sent',
        provider: 'smtp',
        messageId: info.messageId,
        answer: plainAnswer(info.response, hidden),
      };
    } catch (error) {
      return smtpFailure(error, hidden);
    } finally {
      clearTimeout(timer);
    }
  }

  async function check(): Promise<CheckOutcome> {
    try {
      await pool.verify();
      return {
        status: 'ready',
        provider: 'smtp',
        answer: settings.user ? 'signed in' : 'connected, without a sign-in',
      };
    } catch (error) {
      return smtpFailure(error, credentials);
    }
  }

  return { name, channel: 'email', pace: smtpPace(settings), send, check, close: async () => pool.close() };
}
