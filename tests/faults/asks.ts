import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { ownAddress } from '../support/own-address';
import { PlainBrowser } from '../support/plain-browser';
import type { Stage } from './stage';

/** How many people ask at once. */
const AT_ONCE = 20;

/**
 * People begin to ask for a code by the app's own form, each until the app has answered. The app offers email alone, so
 * the first form sends the code.
 */
export async function allAsk(stage: Stage, set: string): Promise<{ asked: Promise<unknown> }> {
  const [app] = stage.apps;
  if (!app) throw new Error('no app runs');
  const { base } = app;
  const { hidden } = await new PlainBrowser(base).form('/forgot-password', 'name="email"');
  const waiting = await emailsOf(stage.db, set);
  const ask = async (email: string): Promise<void> => {
    const data = new FormData();
    for (const [name, value] of [...hidden, ['email', email] as const]) data.append(name, value);
    const init = {
      method: 'POST',
      body: data,
      headers: { origin: base, 'x-forwarded-for': ownAddress() },
      redirect: 'manual',
    } as const;
    const answer = await fetch(`${base}/forgot-password`, init).catch(() => null);
    if (answer?.status === 303) return;
    if (answer) throw new Error(`the form was answered with ${answer.status}`);
    await wait(200);
    return ask(email);
  };
  const one = async (): Promise<void> => {
    for (let email = waiting.pop(); email !== undefined; email = waiting.pop()) await ask(email);
  };
  return { asked: Promise.all(Array.from({ length: AT_ONCE }, one)) };
}

export async function emailsOf(db: Client, set: string): Promise<string[]> {
  const { rows } = await db.query<{ email: string }>(`SELECT email FROM "User" WHERE email LIKE $1 || '-%'`, [set]);
  return rows.map(({ email }) => email);
}

/** Waits until it is so. @param limit in ms */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, limit = 30_000): Promise<void> {
  for (const end = Date.now() + limit; !(await isSo()); await wait(50))
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
}
