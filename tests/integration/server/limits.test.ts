import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { start } from '@/lib/reset/start';
import { type VerifyOutcome, verifyCode } from '@/lib/reset/verify-code';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { withProof } from '@/tests/support/proofs';
import { anasPassword, fromElsewhere, latestCode, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

const times = <T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => act(n)));

async function asks(world: World, at = email) {
  const begun = start(at, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  const outcome = await withProof(world, (here) => requestCode(here, begun.flow, 'email'));
  if (outcome.status !== 'requested') throw new Error(outcome.status);
  return outcome.flow;
}

/** One of them, over and over again. */
function nth<T>(all: readonly T[], n: number): T {
  const one = all[n % all.length];
  if (one === undefined) throw new Error('there is none');
  return one;
}

/** Attempts that were spent at each length. */
async function spentAt(): Promise<Record<number, number>> {
  const rows = await db.challenge.groupBy({ by: ['digits'], _sum: { attempts: true } });
  return Object.fromEntries(rows.map(({ digits, _sum }) => [digits, _sum.attempts ?? 0]));
}

test('VER-3: codes asked for at the same moment know of each other: no more than twenty guesses at six digits', async () => {
  for (const at of [email, 'nobody@latchkey.test']) {
    const world = worldOn(db);
    const flows = await times(40, () => asks(fromElsewhere(world), at));
    // Two hundred at once, five times: who waits five seconds for a connection gets an error, and no guess (TIM-2).
    const outcomes: VerifyOutcome[] = [];
    for (let wave = 0; wave < 5; wave += 1)
      outcomes.push(
        ...(await times(200, (n) =>
          verifyCode(fromElsewhere(world), nth(flows, n), String(200 * wave + n).padStart(6, '0')),
        )),
      );
    expect(outcomes.filter(({ status }) => status === 'wrong')).toHaveLength(200);
    const spent = await spentAt();
    expect(spent[6]).toBe(20);
    expect(spent[8]).toBe(80);
    expect(spent[20]).toBe(100);
    await db.challenge.deleteMany();
    await db.counter.deleteMany();
  }
});

test('the crowd’s stop holds to the last guess: no more than 750 are compared at short codes', async () => {
  const world = worldOn(db);
  const now = world.clock.now();
  const flows = await times(20, (n) => asks(fromElsewhere(world), `p${n}@latchkey.test`));
  await db.counter.create({
    data: { key: `guesses:${now.toISOString().slice(0, 13)}`, points: 710, expiresAt: new Date(now.getTime() + 1e8) },
  });
  const outcomes = await times(100, (n) =>
    withProof(fromElsewhere(world), (here) => verifyCode(here, nth(flows, n), '000000')),
  );
  expect(outcomes.filter(({ status }) => status === 'wrong')).toHaveLength(40);
  expect(outcomes.filter(({ status }) => status === 'too-short')).toHaveLength(60);
});

test('LOG-1: fifty sign-ins at once get no more tries than one after the other', async () => {
  const world = worldOn(db);
  await somebody(world);
  const seen = await times(50, () => signIn(fromElsewhere(world), email, 'not this one'));
  expect(seen).toEqual(Array(50).fill({ status: 'refused' }));
  expect(await db.auditEvent.count({ where: { type: 'sign_in_failed' } })).toBe(5);
  expect(await db.auditEvent.count({ where: { type: 'sign_in_refused' } })).toBe(1);
  const { refusals } = await db.counter.findFirstOrThrow({ where: { key: { startsWith: 'sign-in:' } } });
  expect(refusals).toBe(45);
});

test('requests, resends, guesses, proofs, resets and sign-ins at once neither deadlock nor fail', async () => {
  const world = worldOn(db);
  await somebody(world);
  const owner = await asksForCode(fromElsewhere(world), email);
  const code = await latestCode(world);
  const flows = await times(8, () => asks(fromElsewhere(world)));
  world.clock.advance(60_000);
  await Promise.all([
    ...flows.map((flow, n) =>
      times(6, () => verifyCode({ ...world, caller: { address: `n${n % 3}`, devices: [] } }, flow, '000000')),
    ),
    ...flows.map((flow) => resendCode(fromElsewhere(world), flow, 'email')),
    times(10, () => asks(fromElsewhere(world))),
    times(10, () => signIn(fromElsewhere(world), email, anasPassword)),
    owner.types(code).then(() => owner.chooses('brass otter lantern')),
  ]);
  expect(await db.user.count({ where: { passwordVersion: 1 } })).toBe(1);
});
