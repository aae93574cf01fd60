import { clearCountersAction, disableAction, enableAction } from '@/app/admin/users/actions';
import { minutes, seconds } from '@/lib/clock';
import type { Container } from '@/lib/container';
import { encodeSession } from '@/lib/session/auth-options';
import { createSession, proveSession } from '@/lib/session/sessions';
import { anAdmin, type TestAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { somebody, type World, worldOn } from '@/tests/support/world';

// ADM-5: the real server actions of the admin area, called as Next calls them. Next's own part, the cookies of a
// request, is all that stands in here.

const cookies = new Map<string, string>();
jest.mock('next/headers', () => ({
  cookies: async () => ({ get: (name: string) => (cookies.has(name) ? { value: cookies.get(name) } : undefined) }),
  headers: async () => new Headers(),
}));

const db = testDatabase();
const shared = globalThis as typeof globalThis & { latchkey?: Container };
afterEach(() => {
  cookies.clear();
  delete shared.latchkey;
});

/** An admin who is signed in, in the world that actions find in the container. */
async function scene(): Promise<{ world: World; admin: TestAdmin; ana: string; sessionId: string }> {
  const world = worldOn(db);
  const env = { APP_URL: world.origin } as Container['env'];
  shared.latchkey = { ...world, env } as unknown as Container;
  const { id: ana } = await somebody(world);
  const admin = await anAdmin(world);
  const who = { userId: admin.id, passwordVersion: 0, role: 'admin' as const };
  const session = await createSession(world, who, 'second step passed');
  const value = await encodeSession({ token: { sessionToken: session?.token }, secret: '', maxAge: 3_600 });
  cookies.set('latchkey-session', value);
  const { id: sessionId } = await db.session.findFirstOrThrow();
  return { world, admin, ana, sessionId };
}

/** Presses the button of that form. @returns where it leads */
async function presses(action: (form: FormData) => Promise<void>, id: string): Promise<string> {
  const form = new FormData();
  form.set('id', id);
  try {
    await action(form);
  } catch (error) {
    // `NEXT_REDIRECT;push;/admin/users;307;` is how a redirect leaves an action.
    const { digest } = error as { digest?: string };
    if (digest?.startsWith('NEXT_REDIRECT')) return digest.split(';')[2] ?? '';
    throw error;
  }
  throw new Error('It leads nowhere.');
}
const disabled = async (id: string) => (await db.user.findUniqueOrThrow({ where: { id } })).disabledAt !== null;

describe('ADM-5: a destructive act wants a second step of the last ten minutes', () => {
  test('nearly ten minutes after it, the act is done', async () => {
    const { world, ana } = await scene();
    world.clock.advance(minutes(10) - seconds(1));
    expect(await presses(disableAction, ana)).toBe(`/admin/users/${ana}?note=disabled`);
    expect(await disabled(ana)).toBe(true);
  });

  test.each([minutes(10), minutes(11)])(
    '%i ms after it, the act is refused and leads to a second step',
    async (later) => {
      const { world, ana, sessionId } = await scene();
      world.clock.advance(later);
      const before = await db.auditEvent.count();
      const step = `/sign-in/second-step?next=${encodeURIComponent(`/admin/users/${ana}`)}`;
      expect(await presses(disableAction, ana)).toBe(step);
      expect(await disabled(ana)).toBe(false);
      expect(await db.auditEvent.count()).toBe(before);
      await proveSession(world, sessionId);
      expect(await presses(disableAction, ana)).toBe(`/admin/users/${ana}?note=disabled`);
      world.clock.advance(later);
      expect(await presses(enableAction, ana)).toBe(step);
      expect(await disabled(ana)).toBe(true);
    },
  );

  test('what destroys nothing needs no fresh one', async () => {
    const { world, ana } = await scene();
    world.clock.advance(minutes(11));
    expect(await presses(clearCountersAction, ana)).toMatch(/note=/);
  });

  test('nobody, and a person who is no admin, act on nothing', async () => {
    const { admin, ana } = await scene();
    await db.user.update({ where: { id: admin.id }, data: { role: 'user' } });
    await expect(presses(disableAction, ana)).rejects.toMatchObject({ digest: expect.stringContaining('404') });
    cookies.clear();
    expect(await presses(disableAction, ana)).toMatch(/^\/sign-in\?next=/);
    expect(await disabled(ana)).toBe(false);
  });
});
