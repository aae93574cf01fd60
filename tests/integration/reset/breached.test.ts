import { signIn } from '@/lib/session/sign-in';
import { createUser } from '@/lib/users/administer';
import { breachCheckOf } from '@/lib/users/breached-passwords';
import { command, freshDataDirectory } from '@/tests/support/command';
import { testDatabase } from '@/tests/support/database';
import { type HibpSimulator, startHibp } from '@/tests/support/hibp-simulator';
import { asksForCode } from '@/tests/support/person';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const stolen = 'brass otter lantern';
const sound = 'velvet crane harbour';
let hibp: HibpSimulator;

beforeEach(async () => {
  hibp = await startHibp();
  hibp.knows(stolen, 12);
});
afterEach(() => hibp.close());

const worldWithHibp = () => worldOn(db, { breached: breachCheckOf({ HIBP: true, HIBP_API_BASE_URL: hibp.url }) });

async function proved(world: ReturnType<typeof worldOn>) {
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test');
  await ana.typesTheCode();
  return ana;
}

test('PW-4, FLO-3: a stolen password is refused at reset, costs nothing, and the next one is set', async () => {
  const world = worldWithHibp();
  const ana = await proved(world);
  const before = await db.challenge.findFirstOrThrow();
  expect(await ana.chooses(stolen)).toEqual({ status: 'refused', field: 'password', problem: 'breached' });
  expect(await db.challenge.findFirstOrThrow()).toEqual(before);
  expect(await ana.chooses(sound)).toMatchObject({ status: 'changed' });
  expect(await signIn(world, 'ana@latchkey.test', sound)).toMatchObject({ status: 'signed-in' });
});

test('PW-4: while the service is down the local list decides, and nobody waits longer than a second', async () => {
  const ana = await proved(worldWithHibp());
  hibp.answers('hang');
  expect(await ana.chooses('password1')).toMatchObject({ problem: 'common' });
  expect(hibp.asked).toEqual([]);
  const started = performance.now();
  expect(await ana.chooses(stolen)).toMatchObject({ status: 'changed' });
  expect(performance.now() - started).toBeLessThan(2_500);
});

test('without a grant nobody is asked: this service is no oracle', async () => {
  const world = worldWithHibp();
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test');
  expect(await ana.chooses(stolen)).toEqual({ status: 'start-again' });
  expect(hibp.asked).toEqual([]);
});

test('POST-4: the same policy where somebody is created', async () => {
  const { breached } = worldWithHibp();
  const bo = { email: 'bo@example.com', name: 'Bo', role: 'user' } as const;
  const rules = { minLength: 8, appName: 'Latchkey', breached };
  expect(await createUser(db, { ...bo, password: stolen }, rules)).toMatchObject({ reason: 'breached' });
  expect(await createUser(db, { ...bo, password: sound }, rules)).toMatchObject({ ok: true });
});

describe('npm run user', () => {
  const data = freshDataDirectory();
  afterAll(data.remove);
  const create = (email: string, password: string, settings: Record<string, string>) => {
    const args = ['user', 'create', '--email', email, '--name', 'Cy', '--password-stdin'];
    const run = command(args, { LATCHKEY_DATA_DIR: data.path, ...settings }, password);
    return run.ended;
  };

  test('goes by the service’s own settings', async () => {
    const on = { HIBP: 'on', HIBP_API_BASE_URL: hibp.url.href };
    expect(await create('cy@example.com', stolen, on)).toMatchObject({
      code: 1,
      said: expect.stringContaining('breached'),
    });
    expect(await create('cy@example.com', 'four words', { ...on, PASSWORD_MIN_LENGTH: '15' })).toMatchObject({
      code: 1,
      said: expect.stringContaining('15 to 128'),
    });
    expect(await create('cy@example.com', stolen, { HIBP: 'off' })).toMatchObject({ code: 0 });
    expect(hibp.asked).toHaveLength(1);
    expect(await create('dy@example.com', sound, { HIBP: 'perhaps' })).toMatchObject({
      code: 1,
      said: expect.stringContaining('HIBP:'),
    });
  });
});
