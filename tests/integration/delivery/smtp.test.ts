import { randomUUID } from 'node:crypto';
import { closing, mailTo, quick, serverThat, transportTo } from '@/tests/support/mailing';
import { smtpUser, startSmtpServer, startTarpit } from '@/tests/support/smtp-server';

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

  it('has the id of its delivery as its Message-ID, so that a copy can be recognized', async () => {
    const server = await serverThat();
    const id = randomUUID();
    await transportTo(server).send(await mailTo('ana@latchkey.test'), id);
    expect(server.mails[0]?.parsed.messageId).toBe(`<${id}@app.example.test>`);
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
