import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { createUser } from '@/lib/users/administer';
import { normaliseEmail } from '@/lib/users/identifiers';
import { testDatabase } from '@/tests/support/database';
import { mailTo, serverThat, transportTo } from '@/tests/support/mailing';

const db = testDatabase();
const rules = { minLength: 8, appName: 'Latchkey', breached: null };

/** Every ASCII sign that needs no quotes in an address (RFC 5322, atext), and letters of other scripts. */
const signs = [..."abcXYZ019!#$%&'*+-/=?^_`{|}~.", 'é', 'ı', 'ß', 'ü', 'ж', 'あ', 'ⓘ', '😀', '\u0301'];
const localPart = fc.string({ unit: fc.constantFrom(...signs), minLength: 1, maxLength: 24 });
const host = fc.constantFrom(
  'latchkey.test',
  'sub.latchkey.test',
  'Bücher.example',
  'xn--bcher-kva.example',
  '日本.example',
);
const typed = fc.oneof(
  fc.emailAddress(),
  fc.tuple(localPart, host).map(([local, domain]) => `${local}@${domain}`),
  fc
    .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), host)
    .map(([local, domain]) => `${local}@${domain}`),
);

/** Beside a local part in Unicode the domain is written in Unicode too (RFC 6531); it is the same domain. */
function inAscii(address: string | undefined): string {
  const at = address?.lastIndexOf('@') ?? -1;
  return `${address?.slice(0, at)}@${domainToASCII(address?.slice(at + 1) ?? '')}`;
}

describe('DEL-3: one definition of an address', () => {
  test('every address that is accepted is one that mail leaves for, with that very envelope', async () => {
    const server = await serverThat();
    const transport = transportTo(server);
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(typed, async (input) => {
        const address = normaliseEmail(input);
        if (!address.ok) return;
        sent += 1;
        expect(await transport.send(await mailTo(address.value))).toMatchObject({ status: 'sent' });
        const mail = server.mails.at(-1);
        expect(mail?.recipients.map(inAscii)).toEqual([address.value]);
      }),
      { numRuns: 200 },
    );
    expect(sent).toBeGreaterThan(50);
    expect(server.mails).toHaveLength(sent);
  });

  test.each([
    "o'brien@latchkey.test",
    "o''brien@latchkey.test",
    "'obrien'@latchkey.test",
    "obrien'@latchkey.test",
    '`o`@latchkey.test',
  ])('npm run user makes %s, and its mail arrives there alone', async (email) => {
    const made = await createUser(db, { email, name: 'O', role: 'user', password: 'a long one 42' }, rules);
    expect(made).toMatchObject({ ok: true, email });
    const server = await serverThat();
    expect(await transportTo(server).send(await mailTo(email))).toMatchObject({ status: 'sent' });
    expect(server.mails[0]?.recipients).toEqual([email]);
    expect(server.mails[0]?.parsed.to).toMatchObject({ value: [{ address: email }] });
  });

  test.each(['ana\ufe0f@latchkey.test', 'a,b@latchkey.test', '"a b"@latchkey.test', `${'é'.repeat(33)}@latchkey.test`])(
    'npm run user refuses %s, to which no mail would leave',
    async (email) => {
      const made = await createUser(db, { email, name: 'O', role: 'user', password: 'a long one 42' }, rules);
      expect(made).toEqual({ ok: false, problem: 'bad-email' });
    },
  );
});
