import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { log } from '@/lib/log';
import { testDatabase } from '@/tests/support/database';
import { mailTo, serverThat, transportTo } from '@/tests/support/mailing';
import { withProviders } from '@/tests/support/providers';
import { queueCode } from '@/tests/support/queue';
import { smtpPassword, smtpUser } from '@/tests/support/smtp-server';

const db = testDatabase();
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What a client has said of its password: as it is, as AUTH LOGIN says it, as AUTH PLAIN does. */
const echoes = {
  'as it is': smtpPassword,
  'as AUTH LOGIN says it': base64(smtpPassword),
  'as AUTH PLAIN says it': base64(`\u0000${smtpUser}\u0000${smtpPassword}`),
};

describe('AUD-2: a mail server that echoes the password', () => {
  test.each(Object.entries(echoes))('%s: none of it is in the answer', async (_, echo) => {
    const server = await serverThat({ refuse: { auth: `535 5.7.8 Not accepted: ${echo} again ${echo}` } });
    const transport = transportTo(server);
    for (const outcome of [await transport.send(await mailTo('ana@latchkey.test')), await transport.check()]) {
      expect(outcome).toMatchObject({ status: 'failed', answer: '535 5.7.8 Not accepted: … again …' });
      expect(JSON.stringify(outcome)).not.toContain(echo);
    }
  });

  test('when it refuses a mail, too', async () => {
    const server = await serverThat({ refuse: { data: `554 5.7.1 Refused for ${smtpPassword}` } });
    const outcome = await transportTo(server).send(await mailTo('ana@latchkey.test'));
    expect(outcome).toMatchObject({ answer: '554 5.7.1 Refused for …' });
  });

  test.each(Object.entries(echoes))('%s: none of it is in the log or in a row', async (_, echo) => {
    const said: unknown[] = [];
    for (const level of ['info', 'warn', 'error'] as const)
      jest.spyOn(log, level).mockImplementation((...line: unknown[]) => void said.push(line));
    const { world } = await withProviders(db, { refuse: { auth: `535 5.7.8 Not accepted: ${echo}` } });
    await queueCode(world, 'ana@latchkey.test');
    await createDispatcher(world).drain(5_000);
    jest.restoreAllMocks();
    expect(JSON.stringify(said)).toContain('535 5.7.8');
    const tries = await db.deliveryAttempt.findMany({ orderBy: { startedAt: 'asc' } });
    expect(tries[0]).toMatchObject({ answer: '535 5.7.8 Not accepted: …' });
    const rows = [tries, await db.transport.findMany(), await db.auditEvent.findMany()];
    expect(JSON.stringify([said, rows])).not.toContain(echo);
  });
});
