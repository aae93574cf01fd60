import { readCode } from '@/lib/otp/read-code';

describe('VER-6: what a person may type as a code', () => {
  test.each(['482917', ' 482 917 ', '482-917', '4 8 2 9 1 7', '482\u00a0917'])('%j is read as 482917', (typed) => {
    expect(readCode(typed)).toEqual({ ok: true, digits: '482917' });
  });

  test.each([6, 8, 10, 12, 20])('%i digits are well formed: the page never tells the length', (length) => {
    expect(readCode('1'.repeat(length))).toEqual({ ok: true, digits: '1'.repeat(length) });
  });

  test.each(['', '   ', ' - '])('%j is empty', (typed) => {
    expect(readCode(typed)).toEqual({ ok: false, problem: 'empty' });
  });

  test.each([
    '48291a',
    '４８２９１７',
    '٤٨٢٩١٧',
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
