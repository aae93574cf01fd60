import { DIGITS } from '@/lib/otp/policy';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { latestCode, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** Ana's code has arrived, with so many digits. */
async function arrived(digits: number) {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test');
  await db.challenge.updateMany({ data: { digits } });
  // The message of before is about the shorter code.
  await db.inboxMessage.deleteMany();
  await ana.resends('sms');
  const code = await latestCode(world);
  expect(code).toHaveLength(digits);
  return { ana, code };
}

describe('VER-3: a longer code is compared whole', () => {
  test.each([DIGITS.guessedAt, DIGITS.crowd, DIGITS.beyondGuessing])(
    'the first six of %i digits are wrong, and so is all but the last',
    async (digits) => {
      const { ana, code } = await arrived(digits);
      expect(await ana.types(code.slice(0, DIGITS.usual))).toEqual({ status: 'wrong', triesLeft: 4 });
      expect(await ana.types(code.slice(-DIGITS.usual))).toEqual({ status: 'wrong', triesLeft: 3 });
      expect(await ana.types(code.slice(0, -1))).toEqual({ status: 'wrong', triesLeft: 2 });
      expect(await ana.types(code)).toMatchObject({ status: 'proved' });
    },
  );

  test.each([DIGITS.usual, DIGITS.guessedAt, DIGITS.crowd])(
    'the right code of %i digits is wrong with digits before or behind it',
    async (digits) => {
      const { ana, code } = await arrived(digits);
      expect(await ana.types(`${code}0`)).toEqual({ status: 'wrong', triesLeft: 4 });
      expect(await ana.types(code.padEnd(DIGITS.beyondGuessing, code))).toEqual({ status: 'wrong', triesLeft: 3 });
      expect(await ana.types(`0${code}`)).toEqual({ status: 'wrong', triesLeft: 2 });
      expect(await ana.types(code)).toMatchObject({ status: 'proved' });
    },
  );

  test('the right code of 20 digits and one more is no code at all, and spends no try', async () => {
    const { ana, code } = await arrived(DIGITS.beyondGuessing);
    expect(await ana.types(`${code}0`)).toEqual({ status: 'refused', problem: 'malformed' });
    expect(await ana.types('0'.repeat(DIGITS.beyondGuessing))).toEqual({ status: 'wrong', triesLeft: 4 });
  });
});
