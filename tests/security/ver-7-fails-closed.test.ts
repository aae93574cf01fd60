import { connect } from '@/lib/db/client';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { type Line, openLine } from '@/tests/support/line';
import { allRows } from '@/tests/support/notices';
import { asksForCode, takesUp, type Visitor } from '@/tests/support/person';
import { anasPassword, deliver, latestCode, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

/** Somebody with a live code, and another browser that has proved one. */
async function underWay(world: World) {
  await somebody(world);
  const proved = await asksForCode(world, email);
  await proved.typesTheCode();
  const waiting = await asksForCode(world, email);
  return { proved, waiting, code: await latestCode(world) };
}

type Act = (world: World, people: { proved: Visitor; waiting: Visitor; code: string }) => Promise<unknown>;
/** All that must not succeed, each as somebody would do it who has every right to. */
const acts: Record<string, Act> = {
  'a code that is asked for': (world) => {
    const begun = start(email, world.clock.now());
    return begun.status === 'started' ? requestCode(world, begun.flow, 'email') : Promise.resolve(begun);
  },
  'a code that is asked for again': (world, { waiting }) => takesUp(world, waiting.flow).resends('sms'),
  'the right code': (world, { waiting, code }) => takesUp(world, waiting.flow).types(code),
  'a new password': (world, { proved }) => takesUp(world, proved.flow).chooses('brass otter lantern'),
  'a sign-in with the right password': (world) => signIn(world, email, anasPassword),
};

/** Nothing has come of it: an error, no row, no message. */
async function failsClosed(world: World, tries: (people: Parameters<Act>[1]) => Promise<unknown>): Promise<void> {
  const people = await underWay(world);
  const [rows, sent] = [await allRows(world), (await messages(world)).length];
  await tries(people);
  await deliver(world);
  expect(await allRows(world)).toEqual(rows);
  expect(await messages(world)).toHaveLength(sent);
}

describe('VER-7: without the database nothing is let through', () => {
  let line: Line;
  beforeEach(async () => {
    const { hostname, port } = new URL(process.env.DATABASE_URL ?? '');
    line = await openLine({ host: hostname, port: Number(port || 5432) });
  });
  afterEach(() => line.close());

  test.each(Object.entries(acts))('%s', async (_, act) => {
    const url = Object.assign(new URL(process.env.DATABASE_URL ?? ''), { hostname: '127.0.0.1', port: line.port });
    const away = connect(url.href);
    const world = worldOn(db);
    line.cut();
    await failsClosed(world, (people) => expect(act({ ...world, db: away }, people)).rejects.toThrow());
    await away.$disconnect();
  });
});

describe('VER-7: where nothing can be counted nothing is let through either', () => {
  test.each(Object.entries(acts))('%s', async (_, act) => {
    const world = worldOn(db);
    await failsClosed(world, async (people) => {
      await db.$executeRawUnsafe(
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused by the test'; END $$`,
      );
      await db.$executeRawUnsafe(
        'CREATE TRIGGER refusing BEFORE INSERT OR UPDATE OR DELETE ON "Counter" EXECUTE FUNCTION refuse()',
      );
      try {
        await expect(act(world, people)).rejects.toThrow();
      } finally {
        await db.$executeRawUnsafe('DROP TRIGGER refusing ON "Counter"');
        await db.$executeRawUnsafe('DROP FUNCTION refuse()');
      }
    });
  });
});
