import { testDatabase } from '@/tests/support/database';
import { asksForCode, notThe } from '@/tests/support/person';
import { fromElsewhere, latestCode, somebody, worldOn } from '@/tests/support/world';

// Vault CVE-2025-6015: a code with spaces was another code to the limiter, and the same one to the check.
// VER-6: nothing that a person can see as the right code is refused.

const db = testDatabase();
const email = 'ana@latchkey.test';

const inDigits = (zero: number) => (code: string) =>
  [...code].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
const between = (sign: string) => (code: string) => [...code].join(sign);

/** How people write one and the same code. */
const accepted: Record<string, (code: string) => string> = {
  'as it is': (code) => code,
  'with a space': (code) => `${code.slice(0, 3)} ${code.slice(3)}`,
  'with a hyphen': (code) => `${code.slice(0, 3)}-${code.slice(3)}`,
  'with spaces around it': (code) => `  ${code}\t`,
  'with no-break spaces': between('\u00a0'),
  'with line breaks': between('\r\n'),
  'with full-width digits': inDigits(0xff10),
  'with Arabic digits': inDigits(0x0660),
  'with Devanagari digits': inDigits(0x0966),
  'with bold digits': inDigits(0x1d7ce),
  'with one foreign digit': (code) => code.slice(0, 5) + inDigits(0xff10)(code.slice(5)),
  'with zero-width spaces': between('\u200b'),
  'with zero-width joiners': between('\u200d'),
  'with word joiners': between('\u2060'),
  'with soft hyphens': between('\u00ad'),
  'with en dashes': between('\u2013'),
};

/** What is no code to us, though a careless reader would take it for one. */
const refused: Record<string, (code: string) => string | string[]> = {
  'full stops': between('.'),
  'a plus': (code) => `+${code}`,
  'a NUL': (code) => `${code}\u0000`,
  'an exponent': (code) => `${code}e0`,
  'a percent sign': (code) => `%3${between('%3')(code)}`,
  'a list': (code) => [code],
  'two of them': (code) => `${code},${code}`,
};

/** What a guess costs: the challenge's try, the address's bucket, the network's budgets. */
async function spent(): Promise<unknown> {
  const challenges = await db.challenge.findMany({
    select: { attempts: true, consumedAt: true, grantExpiresAt: true },
  });
  const counters = await db.counter.findMany({
    where: { key: { startsWith: 'guess' } },
    orderBy: { key: 'asc' },
    select: { key: true, points: true, hits: true },
  });
  return { challenges, counters };
}

test('the right code proves, however it is written', async () => {
  const world = worldOn(db);
  await somebody(world);
  for (const [how, written] of Object.entries(accepted)) {
    await db.inboxMessage.deleteMany();
    const ana = await asksForCode(fromElsewhere(world), email);
    const { status } = await ana.types(written(await latestCode(world)));
    expect([how, status]).toEqual([how, 'proved']);
  }
});

test('one wrong code, written in five ways, is five tries; the sixth way finds none left, right or not', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, email);
  const code = await latestCode(world);
  const ways = Object.values(accepted);
  const outcomes: unknown[] = [];
  for (const written of ways.slice(0, 5)) outcomes.push(await ana.types(written(notThe(code))));
  expect(outcomes).toEqual([4, 3, 2, 1, 0].map((triesLeft) => ({ status: 'wrong', triesLeft })));
  for (const written of ways) expect(await ana.types(written(code))).toEqual({ status: 'exhausted' });
  const counters = await db.counter.findMany({ where: { key: { startsWith: 'guess' } } });
  const [bucket, hour, day, crowd] = ['guess:', 'guess-address-hour', 'guess-address-day', 'guesses:'].map((name) =>
    counters.find(({ key }) => key.startsWith(name)),
  );
  expect([bucket?.points, hour?.hits.length, day?.hits.length, crowd?.points]).toEqual([5, 5, 5, 5]);
});

test('what is refused is refused right or wrong, as often as it comes, and costs and opens nothing', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, email);
  const code = await latestCode(world);
  const before = await spent();
  for (let times = 0; times < 3; times += 1)
    for (const [how, written] of Object.entries(refused))
      for (const digits of [code, notThe(code)])
        expect([how, await ana.types(written(digits))]).toEqual([how, { status: 'refused', problem: 'malformed' }]);
  for (const typed of ['', '   ', 'abcdef', '12345', '1'.repeat(21), '1'.repeat(40), undefined, 482_917, { code }])
    expect(await ana.types(typed)).toMatchObject({ status: 'refused' });
  expect(await spent()).toEqual(before);
  expect(await ana.types(code)).toMatchObject({ status: 'proved' });
});
