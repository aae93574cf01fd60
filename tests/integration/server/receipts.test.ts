import { testDatabase } from '@/tests/support/database';
import { another, sentSms } from '@/tests/support/sent-sms';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

const times = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));

test('DEL-8: a failure that Twilio tells ten times at once moves the code once', async () => {
  await somebody(worldOn(db));
  const first = await sentSms(db);
  for (let round = 0; round < 20; round += 1) {
    const sms = await another(first);
    const outcomes = await times(10, () => sms.receipt('undelivered', { errorCode: '30003' }));
    const failovers = await sms.failovers();
    expect(failovers).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.status === 'recorded')).toEqual([
      { status: 'recorded', delivery: 'failed', failoverId: failovers[0]?.id },
    ]);
  }
});

test('DEL-8: receipts that come all at once end where the last word ends', async () => {
  await somebody(worldOn(db));
  const first = await sentSms(db);
  for (let round = 0; round < 20; round += 1) {
    const sms = await another(first, { status: 'sending', providerMessageId: null });
    await times(12, (index) => sms.receipt((['queued', 'delivered', 'sent'] as const)[index % 3] ?? 'sent'));
    expect(await sms.row()).toMatchObject({ status: 'delivered', deliveredAt: expect.any(Date) });
  }
});

test('DEL-8: an end that is told in two ways at once is one of them', async () => {
  await somebody(worldOn(db));
  const first = await sentSms(db);
  for (let round = 0; round < 20; round += 1) {
    const sms = await another(first);
    const outcomes = await times(8, (index) =>
      index % 2 ? sms.receipt('delivered') : sms.receipt('undelivered', { errorCode: '30003' }),
    );
    const recorded = outcomes.flatMap((outcome) => (outcome.status === 'recorded' ? [outcome.delivery] : []));
    expect(recorded).toEqual([(await sms.row()).status]);
    expect(await sms.failovers()).toHaveLength(recorded[0] === 'failed' ? 1 : 0);
  }
});
