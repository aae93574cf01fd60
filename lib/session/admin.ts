import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { plus } from '@/lib/clock';
import { container } from '@/lib/container';
import { FRESH_MS } from '@/lib/second-factor/pending';
import { currentUser } from './current';
import type { SignedIn } from './sessions';

// Everything under /admin is made by one of the three functions below; tests/architecture fails on what is not (ADM-1).

/** Somebody who may be here: signed in, an admin at this moment, past the second step. */
export type Admin = SignedIn & { role: 'admin'; provedAt: Date };

const passed = (person: SignedIn): person is Admin => person.role === 'admin' && person.provedAt !== null;
const secondStep = (path: string): string => `/sign-in/second-step?next=${encodeURIComponent(path)}`;
const wrapped = new WeakSet<object>();

/** Asked of the rows at each request, so that demoting and disabling act at once (ADM-2). */
async function currentAdmin(path: string): Promise<Admin> {
  const person = await currentUser();
  if (!person) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  // People who are no admins are told what everybody is told of a page that does not exist.
  if (person.role !== 'admin') notFound();
  if (!passed(person)) redirect(secondStep(path));
  return person;
}

/** Whether the second step was passed so lately that something may be destroyed (ADM-5). */
export const isFresh = ({ provedAt }: Admin): boolean => plus(provedAt, FRESH_MS) > container().clock.now();

/** A page of admins alone. @param path to come back to after signing in */
export function adminPage<Props extends unknown[], Result>(
  path: string,
  page: (admin: Admin, ...props: Props) => Promise<Result>,
): (...props: Props) => Promise<Result> {
  const guarded = async (...props: Props): Promise<Result> => page(await currentAdmin(path), ...props);
  wrapped.add(guarded);
  return guarded;
}

/**
 * An act of admins alone. One that ends or destroys something is `destructive`: who passed the second step more than ten
 * minutes ago passes it again, and finds the page once more (ADM-5).
 * @param path of the page that it belongs to, by what was sent
 */
export function adminAction<Args extends unknown[], Result>(
  path: string | ((...args: Args) => string),
  kind: 'harmless' | 'destructive',
  act: (admin: Admin, ...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  const guarded = async (...args: Args): Promise<Result> => {
    const page = typeof path === 'string' ? path : path(...args);
    const admin = await currentAdmin(page);
    if (kind === 'destructive' && !isFresh(admin)) redirect(secondStep(page));
    return act(admin, ...args);
  };
  wrapped.add(guarded);
  return guarded;
}

/** A route handler of admins alone: 401 for nobody, 404 for people who are none. */
export function adminRoute<Args extends unknown[]>(
  handler: (admin: Admin, ...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  const guarded = async (...args: Args): Promise<Response> => {
    const person = await currentUser();
    const headers = { 'Cache-Control': 'no-store' };
    if (!person) return Response.json({ error: 'Sign in first.' }, { status: 401, headers });
    if (!passed(person)) return Response.json({ error: 'There is nothing here.' }, { status: 404, headers });
    return handler(person, ...args);
  };
  wrapped.add(guarded);
  return guarded;
}

/** For the test that finds what was forgotten. */
export const isForAdmins = (exported: unknown): boolean => typeof exported === 'function' && wrapped.has(exported);
