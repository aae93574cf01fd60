import { readCode } from '@/lib/otp/read-code';

describe('VER-6: what a person may type as a code', () => {
  test.each(['482917', ' 482 917 ', '482-917', '4 8 2 9 1 7', '482\u00a0917'])('%j is read as 482917', (typed) => {
    expect(readCode(typed)).toEqual({ ok: true, digits: '482917' });
  });

  const paste: Record<string, string> = {
    'Arabic-Indic digits': '٤٨٢٩١٧',
    'Persian digits': '۴۸۲۹۱۷',
    'full-width digits': '４８２９１７',
    'mathematical digits, of two rows that touch': '𝟜𝟠𝟚𝟵𝟭𝟳',
    'key caps': '4\ufe0f\u20e38\ufe0f\u20e32\ufe0f\u20e39\ufe0f\u20e31\ufe0f\u20e37\ufe0f\u20e3',
    'digits of several scripts': '4८２٩১7',
    'zero-width spaces': '4\u200b8\u200b2\u200b9\u200b1\u200b7',
    'zero-width joiners': '482\u200d\u200c917',
    'bidi marks around it': '\u200e\u202a\u2066482917\u2069\u202c\u200f',
    'a byte order mark': '\ufeff482917',
    'soft hyphens': '482\u00ad917',
    'a word joiner': '482\u2060917',
    'an Arabic letter mark': '\u061c٤٨٢٩١٧',
    'a Braille blank': '482\u2800917',
    'thin and ideographic spaces': '482\u2009\u3000917',
    'line breaks': '482\r\n917\u2028',
  };
  test.each(Object.entries(paste))('with %s it is read as 482917', (_, typed) => {
    expect(readCode(typed)).toEqual({ ok: true, digits: '482917' });
  });

  test.each([...'-‐‑‒–—―−⁃﹘﹣－⸺〜'])('a dash may be %s', (dash) => {
    expect(readCode(`482${dash}917`)).toEqual({ ok: true, digits: '482917' });
  });

  const scripts = Intl.supportedValuesOf('numberingSystem').flatMap((numberingSystem) => {
    const write = new Intl.NumberFormat('en', { numberingSystem, useGrouping: false, minimumIntegerDigits: 10 });
    const digits = write.format(123_456_789);
    return /^\p{Nd}{10}$/u.test(digits) ? [{ numberingSystem, digits }] : [];
  });
  test.each(scripts)('the digits of $numberingSystem, $digits, count', ({ digits }) => {
    expect(readCode(digits)).toEqual({ ok: true, digits: '0123456789' });
  });
  test('there are dozens of scripts with digits', () => {
    expect(scripts.length).toBeGreaterThan(50);
  });

  test.each([6, 8, 10, 12, 20])('%i digits are well formed: the page never tells the length', (length) => {
    expect(readCode('1'.repeat(length))).toEqual({ ok: true, digits: '1'.repeat(length) });
  });

  test.each(['', '   ', ' - ', '\u200b\u00ad\u2013'])('%j is empty', (typed) => {
    expect(readCode(typed)).toEqual({ ok: false, problem: 'empty' });
  });

  test.each([
    '48291a',
    '四八二九一七',
    '④⑧②⑨①⑦',
    '४८२९१',
    '1',
    '12345',
    '1'.repeat(21),
    '1'.repeat(40),
    '1'.repeat(100_000),
    '+482917',
    '4.82917',
    '0x1234',
    '482917\u0000',
    ['482917'],
    { code: '482917' },
    482_917,
    null,
    undefined,
    true,
  ])('%j is malformed', (typed) => {
    expect(readCode(typed)).toEqual({ ok: false, problem: 'malformed' });
  });
});
