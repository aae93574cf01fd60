import type { OutgoingMessage } from '@/lib/delivery/port';
import type { SmtpEnv, SmtpOptions } from '@/lib/delivery/settings';
import { createSmtpTransport, type SmtpTransport } from '@/lib/delivery/smtp/transport';
import { render } from '@/lib/messages/render';
import { type SmtpMode, smtpPassword, smtpUser, startSmtpServer, type TestSmtpServer } from './smtp-server';

const appUrl = new URL('https://app.example.test');
export const quick: SmtpOptions = { stepTimeoutMs: 2_000, sendTimeoutMs: 4_000 };
/** Ends what a test opened, newest first. */
export const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A transport to that server, with its authority trusted. @param name where it is not the first choice */
export function transportTo(
  { port, ca }: { port: number; ca?: string },
  over: Partial<SmtpEnv> = {},
  options: SmtpOptions = { ...quick, ...(ca ? { tls: { ca } } : {}) },
  name: 'smtp' | 'smtp-fallback' = 'smtp',
): SmtpTransport {
  const transport = createSmtpTransport(
    {
      EMAIL_HOST: '127.0.0.1',
      EMAIL_PORT: port,
      EMAIL_USE_TLS: true,
      EMAIL_HOST_USER: smtpUser,
      EMAIL_HOST_PASSWORD: smtpPassword,
      DEFAULT_FROM_EMAIL: undefined,
      APP_NAME: 'Latchkey',
      APP_URL: appUrl,
      ...over,
    },
    options,
    name,
  );
  closing.push(() => transport.close());
  return transport;
}

export async function serverThat(mode: SmtpMode = {}): Promise<TestSmtpServer> {
  const server = await startSmtpServer(mode);
  closing.push(() => server.close());
  return server;
}

export const mailTo = (to: string): Promise<OutgoingMessage> =>
  render(
    { kind: 'code', appName: 'Latchkey', origin: appUrl, code: '482917', minutes: 10, secondsLeft: 600, notMe: null },
    'email',
    to,
  );
