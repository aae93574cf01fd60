import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { withProviders } from '@/tests/support/providers';

const db = testDatabase();

test('a code by mail over TLS, a new password, and both are told', async () => {
  const { world, servers, phone } = await withProviders(db, {});
  const mails = servers[0]?.mails ?? [];
  const ana = await asksForCode(world, 'ANA@latchkey.test');
  expect(mails.map(({ recipients }) => recipients)).toEqual([['ana@latchkey.test']]);
  const code = mails[0]?.parsed.text?.match(/\b\d{6}\b/)?.[0];
  expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
  expect(mails[1]?.parsed.subject).toMatch(/password was changed/);
  expect(phone.sent.map(({ Body }) => Body)).toEqual([expect.stringMatching(/password was changed/)]);
});

test('a code by SMS through Twilio’s SDK, to the stored number, for the life it has left', async () => {
  const { world, servers, phone } = await withProviders(db, {});
  const ana = await asksForCode(world, 'ana@latchkey.test', 'sms');
  expect(phone.sent).toMatchObject([{ To: '+12025550123', ValidityPeriod: '600' }]);
  const code = phone.sent[0]?.Body.match(/^@reset\.example\.test #(\d{6})$/m)?.[1];
  expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  expect(servers[0]?.mails).toEqual([]);
});

test('unknown people cost no call and no connection (ENU-2, RL-4)', async () => {
  const { world, servers, phone } = await withProviders(db, {});
  await asksForCode(world, 'nobody@latchkey.test');
  await asksForCode(world, 'nobody@latchkey.test', 'sms');
  expect([servers[0]?.connections(), phone.connections()]).toEqual([0, 0]);
});

test('a refusal of the provider changes nothing that the person sees', async () => {
  const { world, phone } = await withProviders(db, {});
  phone.script('+12025550123', { status: 400, code: 21610, message: 'unsubscribed' });
  const ana = await asksForCode(world, 'ana@latchkey.test', 'sms');
  expect(await ana.types('000000')).toEqual({ status: 'wrong', triesLeft: 4 });
  expect(await db.delivery.findFirstOrThrow({ where: { channel: 'sms' } })).toMatchObject({
    status: 'failed',
    errorCode: '21610',
    transport: 'twilio',
  });
});
