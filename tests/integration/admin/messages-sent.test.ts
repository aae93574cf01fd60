import { restoreWording, saveWording, type Which } from '@/lib/admin/messages/wordings';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { WordingsInForce } from '@/lib/dispatch/wordings-in-force';
import { log } from '@/lib/log';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { withProviders } from '@/tests/support/providers';
import { queueCode } from '@/tests/support/queue';
import { deliver, latestCode, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';
const mail: Which = { kind: 'code', channel: 'email' };
const sms: Which = { kind: 'code', channel: 'sms' };
const ownMail = { subject: 'Own: {code}', body: 'Own words of {app}.\n\n{code}\n\nFor {minutes}.' };
const ownText = { subject: null, body: 'Own: {code}, {app}, {minutes}.' };

async function acting(world: World) {
  const { id } = await anAdmin(world);
  return { ...world, adminId: id, service: { appName: world.appName, host: world.origin.hostname } };
}

afterEach(() => jest.restoreAllMocks());

describe('what people get once an admin has worded it', () => {
  test('is in these words, also by a resend, and the code opens what it should', async () => {
    const world = worldOn(db);
    await somebody(world);
    const admin = await acting(world);
    await saveWording(admin, mail, 0, ownMail);
    await saveWording(admin, sms, 0, ownText);
    const ana = await asksForCode(world, email);
    const code = await latestCode(world);
    const [first] = await messages(world);
    expect(first).toMatchObject({ subject: `Own: ${code}` });
    expect(first?.text).toContain(`Own words of Latchkey.\n\n${code}\n\nFor 10 minutes.`);
    expect(first?.html).toContain('Own words of Latchkey.');
    world.clock.advance(61_000);
    expect(await ana.resends('sms')).toMatchObject({ status: 'resent' });
    expect((await messages(world, 'sms'))[0]?.text).toBe(
      `Own: ${code}, Latchkey, 9 minutes. Not you? Ignore it, tell no one.\n\n@localhost #${code}`,
    );
    // Taken back between two sends: the next one has the standard words and the same code.
    await restoreWording(admin, mail, 1, 0);
    world.clock.advance(61_000);
    expect(await ana.resends('email')).toMatchObject({ status: 'resent' });
    expect((await messages(world, 'email'))[0]).toMatchObject({ subject: `${code} is your Latchkey code` });
    expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  });

  test('is in these words after a failover as well', async () => {
    const { world, phone } = await withProviders(db, { refuse: { rcpt: '550 5.1.1 No such user' } });
    const admin = await acting(world);
    await saveWording(admin, sms, 0, ownText);
    await queueCode(world, email);
    await createDispatcher(world).drain(10_000);
    expect(phone.sent).toHaveLength(1);
    expect(phone.sent[0]?.Body).toMatch(/^Own: (\d{6}), Latchkey, 10 minutes\..*\n\n@reset\.example\.test #\1$/s);
  });

  test('is in the standard words, with a warning, where the own ones do not fit any more', async () => {
    const warned: unknown[] = [];
    jest.spyOn(log, 'warn').mockImplementation((...line: unknown[]) => void warned.push(line[0]));
    const world = worldOn(db);
    await somebody(world);
    const long = { subject: null, body: `{code} is your {app} code for {minutes}.${' Ok'.repeat(10)}` };
    expect(await saveWording(await acting(world), sms, 0, long)).toMatchObject({ status: 'saved' });
    const moved = { ...world, origin: new URL(`https://${'long-name.'.repeat(5)}test`) };
    await asksForCode(moved, email, 'sms');
    const [text] = await messages(world, 'sms');
    expect(text?.text).toMatch(/^\d{6} is your Latchkey code for 10 minutes\. Not you\?/);
    expect(warned).toContainEqual({ kind: 'code', channel: 'sms', version: 1, problems: ['sms-too-long'] });
  });
});

describe('the words that a process remembers', () => {
  test('are read once in a while, whatever leaves meanwhile, and a save shows by then', async () => {
    const world = worldOn(db);
    const admin = await acting(world);
    const read = jest.spyOn(db, '$queryRaw');
    const wordings = new WordingsInForce(world, 300);
    expect(await Promise.all(Array.from({ length: 100 }, () => wordings.of('code', 'email')))).toEqual(
      Array.from({ length: 100 }, () => null),
    );
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
    await saveWording(admin, mail, 0, ownMail);
    expect(await wordings.of('code', 'email')).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 320));
    expect(await wordings.of('code', 'email')).toEqual(ownMail);
    expect(await wordings.of('alert_began', 'email')).toBeNull();
  });

  test('go on where the database does not answer; before the first answer they are the standard ones', async () => {
    jest.spyOn(log, 'warn').mockImplementation(() => undefined);
    const world = worldOn(db);
    const wordings = new WordingsInForce(world, 0);
    const down = () => jest.spyOn(db, '$queryRaw').mockRejectedValueOnce(new Error('gone'));
    down();
    expect(await wordings.of('code', 'email')).toBeNull();
    await saveWording(await acting(world), mail, 0, ownMail);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await wordings.of('code', 'email')).toEqual(ownMail);
    down();
    expect(await wordings.of('code', 'email')).toEqual(ownMail);
  });

  test('a row that nobody could have saved is left out', async () => {
    jest.spyOn(log, 'warn').mockImplementation(() => undefined);
    const world = worldOn(db);
    await somebody(world);
    const row = { ...mail, version: 1, createdAt: new Date(), createdBy: crypto.randomUUID() };
    await db.messageWording.create({ data: { ...row, subject: 'x', body: '<script>evil.example.com' } });
    await queueCode(world, email);
    await deliver(world);
    expect((await messages(world))[0]?.text).toContain('Here is the code to set a new password at Latchkey');
  });
});
