import { mailTo, serverThat, transportTo } from '@/tests/support/mailing';
import { smtpPassword } from '@/tests/support/smtp-server';

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

  it('AUD-2: a filter that quotes the mail hands on no code, no link and nobody’s address', async () => {
    const said = '554 5.7.1 Spam: "482917 is your Latchkey code" for ana@latchkey.test, see /not-me?token=';
    const token = 'A1b2-C3d4_'.repeat(5).slice(0, 43);
    const server = await serverThat({ refuse: { data: `${said}${token}` } });
    const mail = await mailTo('ana@latchkey.test');
    const outcome = await transportTo(server).send({
      ...mail,
      text: `${mail.text}\nhttp://localhost/not-me?token=${token}`,
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      answer: '554 5.7.1 Spam: "… is your Latchkey code" for …, see /not-me?token=…',
    });
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
