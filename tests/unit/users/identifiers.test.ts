import fc from 'fast-check';
import { normaliseEmail, normalisePhone } from '@/lib/users/identifiers';

describe('RL-5: one normal form of an email address', () => {
  test.each([
    'ana@example.com',
    'ANA@example.com',
    '  ana@EXAMPLE.com ',
    'Ana@Example.Com',
    '\tana@example.com\t',
    'aNa@eXample.com',
    '\u200eana@example.com\u200f',
    '\u202a\u2066ana@example.com\u2069\u202c',
    '\ufeffana@example.com\u200b',
    '\u00adana@example.com\u00ad ',
    ' \u2060ana@example.com\u3000\ufe0f',
    '\u200b ana@example.com \u200d',
  ])('%j is ana@example.com', (typed) => {
    expect(normaliseEmail(typed)).toEqual({ ok: true, value: 'ana@example.com' });
  });

  test('composed and decomposed letters are one address', () => {
    expect(normaliseEmail('jose\u0301@example.com')).toEqual(normaliseEmail('jos\u00e9@example.com'));
  });

  test('the domain is IDNA, in ASCII', () => {
    expect(normaliseEmail('ana@Bücher.example')).toEqual({ ok: true, value: 'ana@xn--bcher-kva.example' });
  });

  test.each([
    ['mıke@example.com', 'mike@example.com'],
    ['strasse@example.com', 'straße@example.com'],
    ['İ@example.com', 'i@example.com'],
  ])('%s and %s never meet', (one, other) => {
    expect(normaliseEmail(one)).not.toEqual(normaliseEmail(other));
  });

  test.each([
    '"ana@evil.test"@example.com',
    'ana@evil.test,bo@example.com',
    'ana＠example.com',
    'Ana <ana@example.com>',
    'ana@@example.com',
    'ana@example.com\r\nBcc: eve@evil.test',
    'ana@exa\nmple.com',
    'ana',
    '@example.com',
    'ana@',
    'ana@localhost',
    'a b@example.com',
    '.ana@example.com',
    'ana..b@example.com',
    'ana@example.com\n',
    'ana\u200b@example.com',
    'ana@\u200bexample.com',
    'a\u200fna@example.com',
    'ana\ufe0f@example.com',
    'ana\ud800@example.com',
    'ana@example.com\n\u200b',
    'ana@xn--a.example',
    'ana@-x.com',
    'ana@ex%41mple.com',
    'ana@exam\u00adple.com',
    'ana@example..com',
  ])('%j is refused', (typed) => {
    expect(normaliseEmail(typed)).toEqual({ ok: false, problem: 'malformed' });
  });

  test.each([['ana@example.com'], { email: 'ana@example.com' }, 7, null, undefined])('%j is no address', (typed) => {
    expect(normaliseEmail(typed)).toEqual({ ok: false, problem: 'malformed' });
  });

  test.each([`${'a'.repeat(308)}@example.com`, 'a'.repeat(100_000), `a@${'b'.repeat(260)}.com`])(
    'too long is refused',
    (typed) => {
      expect(normaliseEmail(typed)).toEqual({ ok: false, problem: 'too-long' });
    },
  );

  test('normalising twice changes nothing, and nothing throws', () => {
    const typed = fc.oneof(
      fc.emailAddress(),
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `${text}@example.com`),
    );
    fc.assert(
      fc.property(typed, (input) => {
        const once = normaliseEmail(input);
        if (once.ok) expect(normaliseEmail(once.value)).toEqual(once);
      }),
    );
  });

  test('invisible signs and spaces around an address change nothing, whatever the address is', () => {
    const marks = fc.string({
      unit: fc.constantFrom(...'\u200b\u200e\u202a\u202c\u2066\u2069\ufeff\u00ad\u061c\t \u00a0'),
    });
    fc.assert(
      fc.property(marks, fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' })), marks, (before, typed, after) => {
        const plain = normaliseEmail(typed);
        if (plain.ok) expect(normaliseEmail(`${before}${typed}${after}`)).toEqual(plain);
      }),
    );
  });
});

describe('phone numbers', () => {
  test.each([
    '+12025550123',
    '+1 202 555 0123',
    '\u202a+1\u2011202\u2011555\u20110123\u202c',
    '+1 (202) 555-0123',
    ' +1.202.555.0123 ',
  ])('%j is E.164', (typed) => {
    expect(normalisePhone(typed)).toEqual({ ok: true, value: '+12025550123' });
  });

  test('a trunk zero does not make a second number', () => {
    expect(normalisePhone('+44 (0)20 7946 0018')).toEqual(normalisePhone('+442079460018'));
  });

  test.each(['2025550123', '+1', 'call me', '+1202555012３', ['+12025550123']])('%j is refused', (typed) => {
    expect(normalisePhone(typed)).toMatchObject({ ok: false });
  });
});
