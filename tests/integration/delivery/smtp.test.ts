import type { OutgoingMessage } from '@/lib/delivery/port';
import { render } from '@/lib/delivery/render';
import type { SmtpEnv, SmtpOptions } from '@/lib/delivery/settings';
import { createSmtpTransport, type SmtpTransport } from '@/lib/delivery/smtp';
import {
  type SmtpMode,
  smtpPassword,
  smtpUser,
  startSmtpServer,
  startTarpit,
  type TestSmtpServer,
} from '@/tests/support/smtp-server';

const appUrl = new URL('https://app.example.test');
const quick: SmtpOptions = { stepTimeoutMs: 2_000, sendTimeoutMs: 4_000 };
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function transportTo(
  { port, ca }: { port: number; ca?: string },
  over: Partial<SmtpEnv> = {},
  options: SmtpOptions = { ...quick, ...(ca ? { tls: { ca } } : {}) },
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
  );
  closing.push(() => transport.close());
  return transport;
}

async function serverThat(mode: SmtpMode = {}): Promise<TestSmtpServer> {
  const server = await startSmtpServer(mode);
  closing.push(() => server.close());
  return server;
}

const mailTo = (to: string): Promise<OutgoingMessage> =>
  render(
    { kind: 'code', appName: 'Latchkey', origin: appUrl, code: '482917', minutes: 10, secondsLeft: 600 },
    'email',
    to,
  );

describe('a mail that leaves', () => {
  it('arrives as rendered, for the one recipient', async () => {
    const server = await serverThat();
    const message = await mailTo('ana@latchkey.test');
    const outcome = await transportTo(server).send(message);
    const [mail] = server.mails;
    expect(outcome).toMatchObject({ status: 'sent', provider: 'smtp', messageId: mail?.parsed.messageId });
    expect(mail?.from).toBe(smtpUser);
    expect(mail?.recipients).toEqual(['ana@latchkey.test']);
    expect(mail?.parsed.subject).toBe('482917 is your Latchkey code');
    expect(mail?.parsed.text).toContain('482917');
    expect(mail?.parsed.html).toContain('482917');
    expect(mail?.parsed.from?.value).toEqual([{ name: 'Latchkey', address: smtpUser }]);
  });

  it('says that a machine wrote it, and names the host of APP_URL only (DEL-4)', async () => {
    const server = await serverThat();
    await transportTo(server).send(await mailTo('ana@latchkey.test'));
    const headers = server.mails[0]?.parsed.headers;
    expect(headers?.get('auto-submitted')).toBe('auto-generated');
    expect(headers?.get('message-id')).toMatch(/^<[\w-]{36}@app\.example\.test>$/);
  });

  it('comes from DEFAULT_FROM_EMAIL where that is set', async () => {
    const server = await serverThat();
    const transport = transportTo(server, { DEFAULT_FROM_EMAIL: 'The Desk <desk@latchkey.test>' });
    await transport.send(await mailTo('ana@latchkey.test'));
    expect(server.mails[0]?.from).toBe('desk@latchkey.test');
    expect(server.mails[0]?.parsed.from?.value).toEqual([{ name: 'The Desk', address: 'desk@latchkey.test' }]);
  });

  it('shares one connection with the next', async () => {
    const server = await serverThat();
    const transport = transportTo(server);
    for (const name of ['a', 'b', 'c']) await transport.send(await mailTo(`${name}@latchkey.test`));
    expect(server.mails).toHaveLength(3);
    expect(server.connections()).toBe(1);
    expect(server.authAttempts()).toBe(1);
  });

  it.each(['"x@evil.test"@latchkey.test', 'ana@latchkey.test, x@evil.test', 'ana@latchkey.test\r\nBcc: x@evil.test'])(
    'never goes to %j (DEL-3)',
    async (to) => {
      const server = await serverThat();
      const outcome = await transportTo(server).send({ channel: 'email', to, subject: 's', text: 't', html: 'h' });
      expect(outcome).toMatchObject({ status: 'failed', class: 'recipient', code: 'EHEADER' });
      expect(server.connections()).toBe(0);
    },
  );
});

describe('DEL-1: nothing secret without TLS', () => {
  it('does not sign in where STARTTLS is not offered', async () => {
    const server = await serverThat({ noStartTls: true });
    const outcome = await transportTo(server).send(await mailTo('ana@latchkey.test'));
    expect(outcome).toMatchObject({ status: 'failed', class: 'account', code: 'ETLS' });
    expect(server.connections()).toBe(1);
    expect(server.authAttempts()).toBe(0);
    expect(server.mails).toEqual([]);
  });

  it.each([
    ['signed by itself', () => ({}), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['for another name', (ca: string) => ({ ca, servername: 'smtp.example.test' }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('does not sign in under a certificate that is %s', async (_what, tls, code) => {
    const server = await serverThat();
    const outcome = await transportTo(server, {}, { ...quick, tls: tls(server.ca) }).send(
      await mailTo('ana@latchkey.test'),
    );
    expect(outcome).toMatchObject({ status: 'failed', class: 'account', code });
    expect(server.authAttempts()).toBe(0);
  });

  it('goes plain to this very machine where TLS is switched off', async () => {
    const server = await serverThat({ noStartTls: true });
    const outcome = await transportTo(server, { EMAIL_USE_TLS: false }).send(await mailTo('ana@latchkey.test'));
    expect(outcome.status).toBe('sent');
  });

  it('but never to another, though TLS is switched off', async () => {
    const server = await serverThat({ noStartTls: true });
    // A name that is not loopback to us, and yet reaches the server: 0.0.0.0 connects to this machine.
    const transport = transportTo(server, { EMAIL_USE_TLS: false, EMAIL_HOST: '0.0.0.0' });
    expect(await transport.send(await mailTo('ana@latchkey.test'))).toMatchObject({ status: 'failed', code: 'ETLS' });
    expect(server.connections()).toBe(1);
    expect(server.authAttempts()).toBe(0);
  });
});

describe('DEL-1: time', () => {
  it('gives up on a server that says nothing', async () => {
    const tarpit = await startTarpit('silent');
    closing.push(() => tarpit.close());
    const begun = Date.now();
    const outcome = await transportTo(tarpit, {}, { ...quick, stepTimeoutMs: 200 }).send(
      await mailTo('ana@latchkey.test'),
    );
    expect(outcome).toMatchObject({ status: 'failed', class: 'passing', code: 'ETIMEDOUT' });
    expect(Date.now() - begun).toBeLessThan(2_000);
  });

  it('gives up on a server that trickles, and really hangs up', async () => {
    const tarpit = await startTarpit('trickle');
    closing.push(() => tarpit.close());
    const begun = Date.now();
    const transport = transportTo(tarpit, {}, { ...quick, stepTimeoutMs: 5_000, sendTimeoutMs: 400 });
    const sending = transport.send(await mailTo('ana@latchkey.test'));
    await expect(sending).resolves.toMatchObject({ status: 'failed', class: 'passing', code: 'ETIMEDOUT' });
    expect(Date.now() - begun).toBeLessThan(1_500);
    // The peer never closes its half: the socket must be destroyed within a second.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(tarpit.open()).toBe(0);
  });

  it('says so where nothing listens', async () => {
    const server = await startSmtpServer();
    await server.close();
    const outcome = await transportTo(server).send(await mailTo('ana@latchkey.test'));
    expect(outcome).toMatchObject({ status: 'failed', class: 'passing', code: 'ECONNREFUSED' });
  });
});

describe('DEL-7: what a server refuses', () => {
  it.each([
    [{ auth: '535 5.7.8 Username and Password not accepted' }, 'account', '535 5.7.8'],
    [{ auth: '534 5.7.9 Application-specific password required' }, 'account', '534 5.7.9'],
    [{ auth: '454 4.7.0 Too many login attempts' }, 'passing', '454 4.7.0'],
    [{ rcpt: '550 5.1.1 No such user' }, 'recipient', '550 5.1.1'],
    [{ rcpt: '450 4.2.1 Receiving too quickly' }, 'passing', '450 4.2.1'],
    [{ data: '550 5.4.5 Daily user sending limit exceeded' }, 'account', '550 5.4.5'],
    [{ mail: '421 4.7.0 Try again later' }, 'passing', '421 4.7.0'],
    [{ mail: '530 5.7.0 Authentication Required' }, 'account', '530 5.7.0'],
  ] as const)('%j is told apart', async (refuse, expected, code) => {
    const server = await serverThat({ refuse });
    const outcome = await transportTo(server).send(await mailTo('ana@latchkey.test'));
    expect(outcome).toMatchObject({ status: 'failed', provider: 'smtp', class: expected, code });
    expect(JSON.stringify(outcome)).not.toContain(smtpPassword);
    expect(server.mails).toEqual([]);
  });

  it('does not stop the next mail', async () => {
    const server = await serverThat();
    const transport = transportTo(server);
    await transport.send({ channel: 'email', to: 'bad\n@latchkey.test', subject: '', text: '', html: '' });
    expect((await transport.send(await mailTo('ana@latchkey.test'))).status).toBe('sent');
  });
});

describe('a check of the credentials', () => {
  it('signs in and sends nothing', async () => {
    const server = await serverThat();
    expect(await transportTo(server).check()).toEqual({ status: 'ready', provider: 'smtp', answer: 'signed in' });
    expect(server.mails).toEqual([]);
  });

  it('tells of a wrong password', async () => {
    const server = await serverThat();
    const outcome = await transportTo(server, { EMAIL_HOST_PASSWORD: 'wrong-canary' }).check();
    expect(outcome).toMatchObject({ status: 'failed', class: 'account', code: expect.stringMatching(/^535/) });
    expect(JSON.stringify(outcome)).not.toContain('wrong-canary');
  });
});
