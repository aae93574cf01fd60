import 'server-only';
import type { Container } from '@/lib/container';
import { env, environmentProblems } from '@/lib/env/env';
import { smsFits } from '@/lib/messages/sms';
import { smsCostWarnings } from '@/lib/sms-budget/settings';
import { demoAdmin, hasDemoAdmin, hasRealPeople } from '@/lib/users/real-people';

/** @returns sentences that name a variable and the mend; empty where the server may start (CFG-1) */
export function bootProblems(): string[] {
  const problems = environmentProblems();
  if (problems.length > 0) return problems;
  const { APP_NAME, APP_URL, TWILIO_ACCOUNT_SID } = env();
  if (TWILIO_ACCOUNT_SID && !smsFits(APP_NAME, APP_URL.hostname))
    return ['APP_NAME: with this name and the host of APP_URL a text message would not fit 160 characters; shorten it'];
  return [];
}

/** What works, but not for everybody, or not always. */
export function bootWarnings({ offered, env: settings }: Pick<Container, 'offered' | 'env'>): string[] {
  const found: string[] = [];
  if (offered.length === 1 && offered[0] === 'sms')
    found.push('Only SMS is configured: people without a verified number cannot be helped. Set EMAIL_HOST_USER.');
  if (settings.NODE_ENV === 'production' && settings.TRUSTED_PROXIES === 0 && settings.APP_URL.protocol === 'https:')
    found.push(
      'TRUSTED_PROXIES is 0, but APP_URL is https, so that a proxy in front must end TLS: all people are one client to the limits. Set it to the number of proxies in front of the app, 1 where there is one.',
    );
  if (settings.TWILIO_ACCOUNT_SID) found.push(...smsCostWarnings(settings));
  if (settings.DISPATCHER === 'after' && !settings.CRON_SECRET)
    found.push(
      'CRON_SECRET is not set: with DISPATCHER=after nothing sends what is to be tried again. Set it and a cron.',
    );
  return found;
}

/**
 * A demonstration shows every code to everyone, so it runs only where nobody real has an account (CFG-1); and its admin,
 * whose password was on a screen, is nobody's admin elsewhere (ADM-4).
 */
export async function demoProblems({ db, env: settings }: Pick<Container, 'db' | 'env'>): Promise<string[]> {
  if (settings.LATCHKEY_DEMO)
    return (await hasRealPeople(db))
      ? ['LATCHKEY_DEMO: refused, this database has people outside @latchkey.test; use another, or unset it']
      : [];
  if (settings.NODE_ENV !== 'production' || !(await hasDemoAdmin(db))) return [];
  return [
    `DATABASE_URL: the demonstration's admin, ${demoAdmin}, can sign in at this database; use another, or: npm run user -- disable --email ${demoAdmin}`,
  ];
}
