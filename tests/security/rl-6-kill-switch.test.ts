import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { smsAccounts, startSms, stopSms } from '@/lib/sms-budget/switch';
import { testDatabase } from '@/tests/support/database';
import { deliveryOf } from '@/tests/support/deliveries';
import { withProviders } from '@/tests/support/providers';
import { askBySms, numberIn } from '@/tests/support/sms-people';

// RL-6: an operator's stop acts at the next message, in every instance.

const db = testDatabase();

const running = async () => {
  const { world, phone, servers } = await withProviders(db, {});
  // Another instance, whose process knew nothing of the stop.
  const dispatcher = createDispatcher(world);
  let asked = 0;
  const asks = async (country: string) => {
    asked += 1;
    const [id = ''] = await askBySms(world, [numberIn(country, asked)]);
    await dispatcher.drain(10_000);
    return deliveryOf(db, id);
  };
  return { asks, phone, mail: servers[0] };
};

test('between two claims of a running dispatcher: the one goes by SMS, the other by email', async () => {
  const { asks, phone, mail } = await running();
  expect(await asks('US')).toMatchObject({ status: 'sent' });
  await stopSms(db, '*');
  expect(await asks('US')).toMatchObject({ status: 'failed', errorClass: 'account', errorCode: 'sms-stopped' });
  expect(await asks('DE')).toMatchObject({ status: 'failed', errorCode: 'sms-stopped' });
  expect(phone.requests).toHaveLength(1);
  expect(mail?.mails).toHaveLength(2);
  await startSms(db, '*');
  expect(await asks('US')).toMatchObject({ status: 'sent' });
});

test('of one country: the others go on', async () => {
  const { asks, phone } = await running();
  await stopSms(db, 'DE');
  expect(await asks('DE')).toMatchObject({ errorCode: 'sms-stopped' });
  expect(await asks('US')).toMatchObject({ status: 'sent' });
  expect(phone.requests).toHaveLength(1);
});

test('lifting the stop of all leaves that of a country, and says so', async () => {
  const { asks } = await running();
  await stopSms(db, 'DE');
  await stopSms(db, '*');
  await startSms(db, '*');
  expect(await asks('DE')).toMatchObject({ errorCode: 'sms-stopped' });
  expect(await smsAccounts(db)).toMatchObject([
    { country: '*', stoppedBy: null, stoppedAt: null },
    { country: 'DE', stoppedBy: 'operator', stoppedAt: expect.any(Date), stoppedUntil: null },
  ]);
});

test('the act and its record commit together (AUD-1)', async () => {
  await stopSms(db, 'DE');
  await startSms(db, 'DE');
  expect(await db.auditEvent.findMany({ orderBy: { at: 'asc' } })).toMatchObject([
    { type: 'sms_stopped', detail: { country: 'DE', by: 'operator' } },
    { type: 'sms_started', detail: { country: 'DE', by: 'operator' } },
  ]);
  await db.$executeRaw`ALTER TABLE "AuditEvent" ADD CONSTRAINT refused CHECK (type <> 'sms_stopped') NOT VALID`;
  try {
    await expect(stopSms(db, 'DE')).rejects.toThrow();
    expect(await db.smsCountry.findUniqueOrThrow({ where: { country: 'DE' } })).toMatchObject({ stoppedBy: null });
  } finally {
    await db.$executeRaw`ALTER TABLE "AuditEvent" DROP CONSTRAINT refused`;
  }
});
