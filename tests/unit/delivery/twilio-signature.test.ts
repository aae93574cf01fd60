import { createHmac } from 'node:crypto';
import { signedByTwilio } from '@/lib/delivery/twilio/signature';
import { type FormFields, signForm } from '@/tests/support/twilio-signature';

const token = 'auth-token-canary';
const url = 'https://reset.example.com/api/webhooks/twilio?delivery=6f1c9f52-53a5-4f6c-9a0e-0d9b8c6f2a11';
const fields: FormFields = [
  ['SmsStatus', 'delivered'],
  ['MessageStatus', 'delivered'],
  ['MessageSid', 'SM00000000000000000000000000000001'],
  ['To', '+12025550123'],
  ['AccountSid', 'AC00000000000000000000000000000000'],
];
const signature = signForm(url, fields, token);

const check = (over: Partial<{ url: string; fields: FormFields; signature: string | null; token: string }> = {}) =>
  signedByTwilio(over.token ?? token, {
    signature: over.signature === undefined ? signature : over.signature,
    url: over.url ?? url,
    form: new URLSearchParams((over.fields ?? fields).map(([name, value]) => [name, value])),
  });
const swapped = (name: string, value: string): FormFields =>
  fields.map(([key, kept]) => [key, key === name ? value : kept]);

describe('DEL-8: a signature computed by hand', () => {
  it('is the HMAC-SHA1 of the address and the sorted fields, spelled out', async () => {
    const signed =
      'https://reset.example.com/api/webhooks/twilio?delivery=6f1c9f52-53a5-4f6c-9a0e-0d9b8c6f2a11' +
      'AccountSidAC00000000000000000000000000000000' +
      'MessageSidSM00000000000000000000000000000001' +
      'MessageStatusdelivered' +
      'SmsStatusdelivered' +
      'To+12025550123';
    const byHand = createHmac('sha1', token).update(signed).digest('base64');
    expect(signature).toBe(byHand);
    expect(await check({ signature: byHand })).toBe(true);
  });

  it('is the one that the documentation gives for its own example', () => {
    // https://www.twilio.com/docs/usage/security#validating-requests, as other implementations test it.
    const example: FormFields = [
      ['CallSid', 'CA1234567890ABCDE'],
      ['From', '+12349013030'],
      ['To', '+18005551212'],
      ['Caller', '+12349013030'],
      ['Digits', '1234'],
    ];
    expect(signForm('https://mycompany.com/myapp.php?foo=1&bar=2', example, '12345')).toBe(
      '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
    );
  });

  it.each<[string, FormFields]>([
    ['without any field', []],
    ['in another order', [...fields].reverse()],
    ['with a field that Twilio may add one day', [...fields, ['RawDlrDoneDate', '2611221930']]],
    ['with a field that comes twice', [...fields, ['Tag', 'b'], ['Tag', 'a']]],
    ['with a field that comes twice alike', [...fields, ['Tag', 'a'], ['Tag', 'a']]],
    ['with an empty field and one beyond ASCII', [...fields, ['ErrorCode', ''], ['Body', 'Zürich 🔑']]],
    ['with a field named like a part of every object', [...fields, ['__proto__', 'x'], ['constructor', 'y']]],
  ])('holds %s', async (_what, sent) => {
    expect(await check({ fields: sent, signature: signForm(url, sent, token) })).toBe(true);
  });

  it('holds for an address with and without the port that goes without saying', async () => {
    const withPort = url.replace('example.com/', 'example.com:443/');
    expect(await check({ signature: signForm(withPort, fields, token) })).toBe(true);
  });
});

describe('DEL-8: what Twilio did not sign', () => {
  it.each([
    ['no signature', { signature: null }],
    ['an empty one', { signature: '' }],
    ['one that is cut', { signature: signature.slice(0, -2) }],
    ['two in one header', { signature: `${signature}, ${signature}` }],
    ['another account', { signature: signForm(url, fields, 'another token') }],
    ['a changed value', { fields: swapped('MessageStatus', 'undelivered') }],
    ['a changed message', { fields: swapped('MessageSid', 'SM00000000000000000000000000000002') }],
    ['a field more', { fields: [...fields, ['ErrorCode', '30003']] as FormFields }],
    ['a second value of a field', { fields: [...fields, ['MessageStatus', 'failed']] as FormFields }],
    ['a second value named like a part of every object', { fields: [...fields, ['__proto__', 'x']] as FormFields }],
    ['a field less', { fields: fields.slice(1) }],
    ['no fields', { fields: [] }],
    ['another delivery', { url: url.replace('6f1c', '7f1c') }],
    ['no delivery', { url: url.replace(/\?.*/, '') }],
    ['another host', { url: url.replace('reset.', 'evil.') }],
    ['plain http', { url: url.replace('https:', 'http:') }],
    ['another path', { url: url.replace('twilio', 'other') }],
  ])('%s is refused', async (_what, over) => {
    expect(await check(over)).toBe(false);
  });
});
