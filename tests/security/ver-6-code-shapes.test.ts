import { single } from '@/lib/form-state';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { latestCode, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** Somebody’s code has arrived. */
async function arrived() {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test');
  return { world, ana, code: await latestCode(world) };
}

/** @param zero the code point of a script's zero */
const inDigits = (zero: number) => (code: string) =>
  [...code].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

/** What a form sent is read as, and what comes of it. */
const sent = (...values: (string | Blob)[]): FormData => {
  const form = new FormData();
  for (const value of values) form.append('code', value);
  return form;
};

describe('VER-6: a code is a string of digits', () => {
  // 300 hostile values at the running app: slow/ver-6-hostile.spec.ts.
  test('digits of any script, spaces, dashes and invisible signs are the person’s own', async () => {
    for (const written of [
      (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`,
      (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`,
      (code: string) => [...code].join(' - '),
      (code: string) => `\u00a0${code}\n`,
      (code: string) => `\u202a${inDigits(0xff10)(code)}\u202c`,
      (code: string) => `${inDigits(0x06f0)(code.slice(0, 3))}\u2011\u200b${inDigits(0x0660)(code.slice(3))}`,
      (code: string) => `${' '.repeat(200)}${code}`,
    ]) {
      await db.user.deleteMany();
      const { ana, code } = await arrived();
      expect(await ana.types(written(code))).toMatchObject({ status: 'proved' });
    }
  });

  test('whatever else it is made of, it is refused in plain words and spends no try', async () => {
    const { ana, code } = await arrived();
    for (const typed of [
      ...['abcdef', `${code}a`, `+${code}`, `${code}.0`, `0x${code}`, `${code}\u0000`, `${inDigits(0x2460)(code)}`],
      ...['1', '12345', '1'.repeat(21), '1'.repeat(40), '1'.repeat(100_000), `${' '.repeat(2_000)}${code}`],
      ...[Number(code), BigInt(code), [code], [code, code], { code }, { toString: () => code }, true, null, undefined],
    ])
      expect(await ana.types(typed)).toEqual({ status: 'refused', problem: 'malformed' });
    for (const typed of ['', ' ', ' - '])
      expect(await ana.types(typed)).toEqual({ status: 'refused', problem: 'empty' });
    expect((await db.challenge.findFirstOrThrow()).attempts).toBe(0);
    expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  });

  test('sent twice, or as a file, it is no code, whichever of the two was right', async () => {
    const { ana, code } = await arrived();
    for (const form of [sent(code, code), sent('000000', code), sent(code, ''), sent(new Blob([code])), sent()])
      expect(await ana.types(single(form, 'code'))).toMatchObject({ status: 'refused' });
    expect((await db.challenge.findFirstOrThrow()).attempts).toBe(0);
    expect(await ana.types(single(sent(code), 'code'))).toMatchObject({ status: 'proved' });
  });

  test('of every length that a code can have it is a try, so that nobody learns how long theirs is', async () => {
    const { ana } = await arrived();
    for (const [digits, triesLeft] of [
      [7, 4],
      [8, 3],
      [10, 2],
      [20, 1],
    ] as const)
      expect(await ana.types('0'.repeat(digits))).toEqual({ status: 'wrong', triesLeft });
  });
});
