import { performance } from 'node:perf_hooks';
import { hashPassword } from '@/lib/users/password-hash';
import { type OwnApp, startApp } from '../e2e/own-app';
import { query } from '../e2e/own-people';
import { PlainBrowser } from '../support/plain-browser';
import { providerEnv } from '../support/provider-env';
import { startSmtpServer } from '../support/smtp-server';
import { type Gap, gapBetween } from '../support/statistics';

/** At least as many as ENU-3 asks for. */
export const PAIRS = 200;

const padded = (n: number): string => String(n).padStart(4, '0');
const known = (n: number): string => `known-${padded(n)}@example.com`;
/** As long as a known one, so that nothing differs but that nobody owns it. */
const nobody = (n: number): string => `never-${padded(n)}@example.com`;

export type Stage = { app: OwnApp; end: () => Promise<void> };

/** The production build in front of a mail server that thinks for two seconds, with as many people as there are pairs. */
export async function stage(): Promise<Stage> {
  const mail = await startSmtpServer({ answersAfter: 2_000 });
  const provider = providerEnv(mail);
  const app = await startApp({ env: provider.env });
  const hash = await hashPassword('a password that nobody types');
  await query(
    app,
    `INSERT INTO "User" (email, "emailVerifiedAt", name, "passwordHash")
     SELECT 'known-' || lpad(n::text, 4, '0') || '@example.com', now(), 'Somebody', '${hash}'
     FROM generate_series(0, ${PAIRS - 1}) n`,
  );
  const end = async () => {
    await app.stop();
    await mail.close();
    provider.forget();
  };
  return { app, end };
}

/** ms that each step took somebody who is known, and somebody who is not. */
type Times = { known: number[]; nobody: number[] };

/** Times steps of pairs, in random order within each pair, so that whatever else the machine does falls on both. */
async function pairs(
  { app }: Stage,
  steps: readonly string[],
  walk: (email: string, time: <T>(step: string, act: () => Promise<T>) => Promise<T>) => Promise<void>,
): Promise<Map<string, Times>> {
  const found = new Map(steps.map((step) => [step, { known: [], nobody: [] } as Times]));
  for (let n = 0; n < PAIRS; n += 1) {
    // Nothing that was counted before makes an answer another one: this measures time, not limits.
    if (n % 20 === 0) await query(app, 'DELETE FROM "Counter"');
    const order = Math.random() < 0.5 ? (['known', 'nobody'] as const) : (['nobody', 'known'] as const);
    for (const who of order)
      await walk(who === 'known' ? known(n) : nobody(n), async (step, act) => {
        const from = performance.now();
        const result = await act();
        found.get(step)?.[who].push(performance.now() - from);
        return result;
      });
  }
  return found;
}

const gaps = (times: Map<string, Times>): Map<string, Gap> =>
  new Map([...times].map(([step, { known, nobody }]) => [step, gapBetween(known, nobody)]));

/** Asking for a code, the page that follows, and a wrong code there. */
export async function timeReset(on: Stage): Promise<Map<string, Gap>> {
  const first = await new PlainBrowser(on.app.base).form('/forgot-password', 'name="email"');
  const times = await pairs(on, ['request', 'the page after it', 'a wrong code'], async (email, time) => {
    const browser = new PlainBrowser(on.app.base);
    const { hidden } = first;
    const form = await browser.form('/forgot-password', 'name="email"');
    await time('request', () => form.post([['email', email]], hidden));
    const verify = await time('the page after it', () => browser.form('/forgot-password/verify', 'name="code"'));
    await time('a wrong code', () => verify.post([['code', '000000']]));
  });
  return gaps(times);
}

/** A sign-in with a wrong password, and the page after it. */
export async function timeSignIn(on: Stage): Promise<Map<string, Gap>> {
  const times = await pairs(on, ['sign-in', 'the page after it'], async (email, time) => {
    const browser = new PlainBrowser(on.app.base);
    const form = await browser.form('/sign-in', 'name="password"');
    const fields = [
      ['email', email],
      ['password', 'not this one'],
    ] as const;
    await time('sign-in', () => form.post(fields));
    await time('the page after it', () => browser.get('/sign-in'));
  });
  return gaps(times);
}

/**
 * A leak is one that shows three times running: a gate that fails by chance is switched off within a month.
 * @returns the steps that leak, and every figure in words
 */
export async function leaksOf(
  measure: () => Promise<Map<string, Gap>>,
): Promise<{ leaks: string[]; figures: string[] }> {
  let suspects: string[] | null = null;
  const figures: string[] = [];
  for (let round = 1; round <= 3 && (suspects === null || suspects.length > 0); round += 1) {
    const found = await measure();
    for (const [step, { p, ms }] of found)
      figures.push(`round ${round}, ${step}: p ${p.toPrecision(2)}, medians ${ms.toFixed(1)} ms apart`);
    const leaking = [...found].filter(([, { leaks }]) => leaks).map(([step]) => step);
    suspects = suspects === null ? leaking : leaking.filter((step) => suspects?.includes(step));
  }
  return { leaks: suspects ?? [], figures };
}

/** Writes them where whoever runs the tests sees them. */
export const told = (figures: readonly string[]): void => {
  for (const figure of figures) console.log(`    ${PAIRS} pairs, ${figure}`);
};
