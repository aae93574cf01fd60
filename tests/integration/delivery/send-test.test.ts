import { sendTestCommand } from '@/scripts/support/send-test';
import { smtpEnv, twilioEnv } from '@/tests/support/provider-env';
import { smtpPassword, startSmtpServer } from '@/tests/support/smtp-server';
import { startTwilioSimulator, twilioToken } from '@/tests/support/twilio-simulator';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function run(args: string[], env: Record<string, string>) {
  const lines: string[] = [];
  const code = await sendTestCommand(args, { NODE_ENV: 'development', ...env }, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

const to = '+12025550123';

async function twilio() {
  const simulator = await startTwilioSimulator();
  closing.push(() => simulator.close());
  return { simulator, env: twilioEnv(simulator.url) };
}

describe('send-test by SMS', () => {
  it('checks the account, sends, and repeats what Twilio said', async () => {
    const { simulator, env } = await twilio();
    const { code, said } = await run(['--sms', to], env);
    expect(code).toBe(0);
    expect(said).toContain('ok: account active, Trial');
    expect(said).toContain('ok: queued');
    expect(simulator.sent).toMatchObject([{ To: to, Body: 'A test from Latchkey: text messages work.' }]);
    expect(said).not.toContain(twilioToken);
  });

  it('says what a refusal means and what to do', async () => {
    const { simulator, env } = await twilio();
    simulator.script(to, { status: 400, code: 21608, message: 'The number is unverified' });
    const { code, said } = await run(['--sms', to], env);
    expect(code).toBe(1);
    expect(said).toContain('refused, 21608: The number is unverified');
    expect(said).toContain('Verify that number in the Twilio console');
    expect(said).toContain('https://www.twilio.com/docs/api/errors/21608');
  });

  it('sends nothing where the credentials are wrong', async () => {
    const { simulator, env } = await twilio();
    const { code, said } = await run(['--sms', to], { ...env, TWILIO_AUTH_TOKEN: 'wrong-canary' });
    expect(code).toBe(1);
    expect(said).toContain('refused, 20003');
    expect(said).not.toContain('wrong-canary');
    expect(simulator.sent).toEqual([]);
  });
});

describe('send-test by email', () => {
  it('sends and repeats what the server said', async () => {
    const server = await startSmtpServer({ noStartTls: true });
    closing.push(() => server.close());
    const { code, said } = await run(['--email', 'you@latchkey.test'], {
      ...smtpEnv(server.port),
      EMAIL_USE_TLS: 'false',
    });
    expect(code).toBe(0);
    expect(said).toMatch(/ok: 250 /);
    expect(server.mails[0]?.recipients).toEqual(['you@latchkey.test']);
    expect(said).not.toContain(smtpPassword);
  });

  it('says that a server offers no TLS, and gives it no password', async () => {
    const server = await startSmtpServer({ noStartTls: true });
    closing.push(() => server.close());
    const { code, said } = await run(['--email', 'you@latchkey.test'], smtpEnv(server.port));
    expect(code).toBe(1);
    expect(said).toContain('refused, ETLS');
    expect(server.authAttempts()).toBe(0);
  });
});

describe('send-test without what it needs', () => {
  it('says which lines to put in .env', async () => {
    const { env } = await twilio();
    const { code, said } = await run(['--email', 'you@latchkey.test'], env);
    expect(code).toBe(1);
    expect(said).toContain('EMAIL_HOST_USER=');
    expect(said).toContain('EMAIL_HOST_PASSWORD=');
  });

  it.each([[[]], [['--nonsense']], [['--email']]])('explains itself for %j', async (args) => {
    const { code, said } = await run(args, {});
    expect(code).toBe(1);
    expect(said).toContain('npm run send-test -- --email you@example.com');
  });
});
