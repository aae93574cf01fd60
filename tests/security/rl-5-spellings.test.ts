import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { signIn } from '@/lib/session/sign-in';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, fromElsewhere, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();

async function asks(world: World, typed: string): Promise<void> {
  const begun = start(typed, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  await requestCode(world, begun.flow, 'email');
}

const countersOf = (policy: string) => db.counter.findMany({ where: { key: { startsWith: policy } } });

/** Ten spellings that reach one mailbox. */
const latchkey = [
  ...['ana@latchkey.test', ' ana@latchkey.test ', 'Ana@latchkey.test', 'ANA@LATCHKEY.TEST', 'aNa@Latchkey.Test'],
  ...[
    'ana+1@latchkey.test',
    'ana+x+y@latchkey.test',
    'ANA+Z@latchkey.test',
    '\tana@latchkey.test',
    '\u202a\u200banA@latchkey.tesT\ufeff\u202c',
  ],
];
const gmail = [
  ...['ana.b@gmail.com', 'anab@gmail.com', 'a.n.a.b@gmail.com', 'ANAB@gmail.com', 'anab@googlemail.com'],
  ...[
    'an.ab@googlemail.com',
    'AnaB+news@gmail.com',
    'a.nab+1@googlemail.com',
    '\u200e anab@GMAIL.com\u00ad',
    'anab@gmail.COM',
  ],
];

describe('RL-5: ten spellings, one bucket', () => {
  test.each([[latchkey], [gmail]])('of sends: %j', async (spellings) => {
    expect(new Set(spellings).size).toBe(10);
    const world = worldOn(db);
    for (const spelling of spellings) await asks(world, spelling);
    const pairs = await countersOf('send-pair');
    expect(pairs).toMatchObject([{ passed: false, most: 5 }]);
    expect(pairs[0]?.hits).toHaveLength(5);
  });

  test.each([[latchkey], [gmail]])('of guesses: %j', async (spellings) => {
    const world = worldOn(db);
    for (const spelling of spellings) await guesses(await asksForCode(fromElsewhere(world), spelling), 1);
    expect(await countersOf('guess:')).toMatchObject([{ points: 10 }]);
  });

  test('of failed sign-ins: every spelling of the account’s own address', async () => {
    const world = worldOn(db);
    await somebody(world);
    for (const spelling of latchkey.filter((one) => !one.includes('+')).slice(0, 5))
      await signIn(fromElsewhere(world), spelling, 'not this one');
    expect(await countersOf('sign-in:')).toMatchObject([{ points: 5, until: expect.any(Date) }]);
  });
});

describe('RL-5: what only looks like an address matches no account and no bucket', () => {
  test.each([
    ['mike@latchkey.test', 'mıke@latchkey.test'],
    ['mike@latchkey.test', 'mİke@latchkey.test'],
    ['strasse@latchkey.test', 'straße@latchkey.test'],
    ['i@latchkey.test', 'İ@latchkey.test'],
    ['ana@latchkey.test', 'аna@latchkey.test'],
    ['ana@latchkey.test', 'ana@lаtchkey.test'],
    ['ana@latchkey.test', 'ana+1@latchkey.test'],
    ['fine@latchkey.test', 'ﬁne@latchkey.test'],
  ])('%s is not %s', async (owned, typed) => {
    expect(typed).not.toBe(owned);
    const world = worldOn(db);
    await somebody(world, { email: owned, phone: null });
    const stranger = await asksForCode(world, typed);
    expect(await messages(world)).toEqual([]);
    expect(await db.challenge.findUniqueOrThrow({ where: { id: stranger.flow.challengeId } })).toMatchObject({
      userId: null,
    });
    expect(await signIn(world, typed, anasPassword)).toEqual({ status: 'refused' });
    await asksForCode(world, owned);
    expect((await messages(world)).map(({ to }) => to)).toEqual([owned]);
    // A plus sign leads to the same mailbox, so it is counted with it; all others are somebody else.
    expect(await countersOf('send-pair')).toHaveLength(typed.includes('+') ? 1 : 2);
    expect(await countersOf('sign-in:')).toHaveLength(1);
  });
});
