import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { withProviders } from '@/tests/support/providers';
import { queueCode } from '@/tests/support/queue';
import { smtpUser } from '@/tests/support/smtp-server';
import { anasPassword, deliver, fromElsewhere } from '@/tests/support/world';

// GHSA-5jpx-9hw9-2fx4, GHSA-mm7p-fcc7-pg87: one address for the look-up, another for the mail server. What counts is
// the envelope, as a real SMTP server takes it.

const db = testDatabase();
const email = 'ana@latchkey.test';

const hostile = [
  '"ana@evil.test"@latchkey.test',
  '"ana@latchkey.test"@evil.test',
  '"ana\\"@evil.test, x"@latchkey.test',
  'ana@latchkey.test\r\nBcc: eve@evil.test',
  'ana@latchkey.test\r\nRCPT TO:<eve@evil.test>',
  'ana@latchkey.test>\r\nRCPT TO:<eve@evil.test',
  'ana@latchkey.test\neve@evil.test',
  'ana@latchkey.test\u0000@evil.test',
  'ana@latchkey.test\u2028eve@evil.test',
  'ana\u0085@latchkey.test',
  'eve＠evil.test@latchkey.test',
  'ana＠latchkey.test',
  'ana@latchkey.test,eve@evil.test',
  'ana@latchkey.test;eve@evil.test',
  'ana@latchkey.test eve@evil.test',
  'eve@evil.test, ana@latchkey.test',
  '<ana@latchkey.test>',
  'Ana <eve@evil.test>',
  'eve@evil.test <ana@latchkey.test>',
  'ana@latchkey.test (eve@evil.test)',
  'ana(eve@evil.test)@latchkey.test',
  'team:ana@latchkey.test,eve@evil.test;',
  '@evil.test:ana@latchkey.test',
  'ana@evil.test@latchkey.test',
  'ana@latchkey.test@evil.test',
  'ana@[203.0.113.9]',
  'ana@latchkey.test> SIZE=1',
];

test('Ana gets one mail, from us and to her, whatever spelling of hers was typed', async () => {
  const { world, servers } = await withProviders(db, {});
  await asksForCode(world, ' ANA@Latchkey.TEST ');
  const [mail, ...others] = servers[0]?.mails ?? [];
  expect(others).toEqual([]);
  expect([mail?.from, mail?.recipients]).toEqual([smtpUser, [email]]);
  expect(mail?.raw.match(/^(to|cc|bcc|from|sender|reply-to):.*$/gim)).toEqual([
    `From: Latchkey <${smtpUser}>`,
    `To: ${email}`,
  ]);
});

test('typed, it is nobody’s address, and the mail server never hears of it', async () => {
  const { world, servers } = await withProviders(db, {});
  const honest = start(email, world.clock.now());
  if (honest.status !== 'started') throw new Error(honest.problem);
  for (const typed of hostile) {
    expect([typed, start(typed, world.clock.now()).status]).toEqual([typed, 'refused']);
    // Even where a flow held it, as if the form had let it through.
    const forged = { ...honest.flow, email: typed };
    expect(await requestCode(fromElsewhere(world), forged, 'email')).toEqual({ status: 'start-again' });
    expect(await signIn(fromElsewhere(world), typed, anasPassword)).toEqual({ status: 'refused' });
  }
  await deliver(world);
  expect(servers[0]?.connections()).toBe(0);
  expect(await db.challenge.count()).toBe(0);
});

test('written into the database by somebody’s careless hand, it gets no mail either (DEL-3)', async () => {
  const { world, servers } = await withProviders(db, {});
  await db.user.updateMany({ data: { phone: null, phoneVerifiedAt: null } });
  let stored = 0;
  for (const bad of hostile) {
    await db.user.updateMany({ data: { email } });
    const id = await queueCode(world, email);
    const taken = await db.user.updateMany({ data: { email: bad } }).catch((error: unknown) => {
      // The database has an opinion of its own, and takes no NUL.
      expect(String(error)).toMatch(/User_email_check|invalid byte sequence/);
    });
    if (!taken) {
      await db.delivery.delete({ where: { id } });
      continue;
    }
    stored += 1;
    await createDispatcher(world).drain(10_000);
    const { status, errorCode } = await db.delivery.findUniqueOrThrow({ where: { id } });
    expect([bad, status, errorCode]).toEqual([bad, 'failed', 'EHEADER']);
  }
  expect(stored).toBeGreaterThan(5);
  expect(servers[0]?.connections()).toBe(0);
});
