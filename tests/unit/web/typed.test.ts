import { openTyped, sealTyped, TYPED_SECONDS, typedIn } from '@/lib/web/typed';
import { keyringOf } from '@/tests/support/keyring';

const keyring = keyringOf('k1');
const now = new Date('2026-11-28T12:00:00Z');

async function bodyOf(fields: readonly (readonly [string, string | Blob])[]): Promise<[string, string]> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const encoded = new Response(form);
  return [encoded.headers.get('content-type') ?? '', await encoded.text()];
}

describe('UX-4: what is kept of a form of another build', () => {
  test('the address and the channel, by their names, as a browser and as React write them', async () => {
    expect(
      typedIn(
        ...(await bodyOf([
          ['$ACTION_REF_1', ''],
          ['email', 'ü@latchkey.test'],
          ['channel', 'sms'],
        ])),
      ),
    ).toEqual({
      email: 'ü@latchkey.test',
      channel: 'sms',
    });
    expect(typedIn(...(await bodyOf([['1_email', 'a@latchkey.test']])))).toEqual({ email: 'a@latchkey.test' });
  });

  test('never a password, a code, a file, or a value of several lines', async () => {
    const fields = [
      ['password', 'secret'],
      ['confirmPassword', 'secret'],
      ['code', '482917'],
      ['email', new Blob(['a@latchkey.test'])],
      ['email', 'a@latchkey.test\r\nBcc: b@latchkey.test'],
      ['channel', 'x'.repeat(1_000)],
    ] as const;
    expect(typedIn(...(await bodyOf(fields)))).toEqual({});
    expect(typedIn('multipart/form-data', 'x')).toEqual({});
  });

  test('comes back out of its seal for ten minutes, whole or not at all', () => {
    const sealed = sealTyped(keyring, { email: 'ana@latchkey.test' }, now);
    expect(sealed).not.toContain('ana');
    expect(openTyped(keyring, sealed, now)).toEqual({ email: 'ana@latchkey.test' });
    expect(openTyped(keyring, sealed, new Date(now.getTime() + TYPED_SECONDS * 1000 + 1))).toEqual({});
    const [id, text = ''] = sealed.split('.');
    const other = `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
    for (const wrong of [undefined, '', 'x', `${id}.`, `${id}.${other}`, `gone.${text}`])
      expect(openTyped(keyring, wrong, now)).toEqual({});
  });
});
