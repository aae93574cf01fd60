import { mailTo, quick, serverThat, transportTo } from '@/tests/support/mailing';

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

  it('is TLS from the first byte where EMAIL_USE_SSL says so, whatever the port', async () => {
    const server = await serverThat({ implicitTls: true });
    const outcome = await transportTo(server, { EMAIL_USE_SSL: true }).send(await mailTo('ana@latchkey.test'));
    expect(outcome.status).toBe('sent');
    expect(server.authAttempts()).toBe(1);
  });

  it('is TLS from the first byte on port 465', async () => {
    const server = await serverThat({ implicitTls: true });
    const options = { ...quick, tls: { ca: server.ca }, implicitTlsPort: server.port };
    const outcome = await transportTo(server, {}, options).send(await mailTo('ana@latchkey.test'));
    expect(outcome.status).toBe('sent');
    expect(server.authAttempts()).toBe(1);
  });
});
