import { hashPassword } from '@/lib/users/password-hash';
import type { OwnApp } from '../e2e/own-app';
import { query } from '../e2e/own-people';
import { ownAddress } from '../support/own-address';
import { PlainBrowser } from '../support/plain-browser';

// Everybody who must look alike (ENU-1).

/** Addresses are of one length, so that sealed cookies and whole answers are too. */
const at = (name: string): string => `${name.padEnd(9, '0')}@latchkey.test`;

export const known = at('known');
export const others = {
  phoneless: at('phoneless'),
  'without a verified channel': at('mute'),
  disabled: at('disabled'),
  unknown: at('unknown'),
  'known, its sends from this network used up': at('pair'),
  'unknown, its sends from this network used up': at('pair-no'),
  'known, guessed at': at('guess'),
  'unknown, guessed at': at('guess-no'),
} as const;

/** Whose budget for codes is used up: both are asked for work, which shows nothing of an account (ENU-8). */
export const usedUp = { owned: at('sent'), unowned: at('sent-no') } as const;

const here = ownAddress();

/** The network that somebody's browser is in: its own, but for the two whose own network is the matter. */
export const networkOf = (email: string): string => (email.startsWith('pair') ? here : ownAddress());

/** A browser in the network of whoever has this address. */
export const browserOf = (app: OwnApp, email: string): PlainBrowser =>
  new PlainBrowser(app.base, { 'x-forwarded-for': networkOf(email) });

const verify = '/forgot-password/verify';

/** Types an address and asks for a code. */
export async function asks(browser: PlainBrowser, email: string, channel: 'email' | 'sms'): Promise<void> {
  await (await browser.form('/forgot-password', 'name="email"')).post([['email', email]]);
  await (await browser.form('/forgot-password/method', 'name="channel"')).post([['channel', channel]]);
}

/** Makes the people, and uses up the budgets of those who are past theirs. */
export async function peopleWhoMustLookAlike(app: OwnApp): Promise<void> {
  const hash = await hashPassword('a password that nobody types');
  const owned = [known, usedUp.owned, ...Object.values(others)].filter((email) => !/^unknown|-no/.test(email));
  const rows = owned.map((email, n) => `('${email}', '+120255501${10 + n}', now(), now(), 'Somebody', '${hash}')`);
  await query(
    app,
    `INSERT INTO "User" (email, phone, "emailVerifiedAt", "phoneVerifiedAt", name, "passwordHash") VALUES ${rows}`,
  );
  await query(app, `UPDATE "User" SET phone = NULL, "phoneVerifiedAt" = NULL WHERE email = '${others.phoneless}'`);
  await query(app, `UPDATE "User" SET "disabledAt" = now() WHERE email = '${others.disabled}'`);
  const mute = others['without a verified channel'];
  await query(app, `UPDATE "User" SET "emailVerifiedAt" = NULL, "phoneVerifiedAt" = NULL WHERE email = '${mute}'`);
  await pastTheirBudgets(app);
}

/** All hits that one kind of limit bears, for whoever has been counted by it. */
export const usesUp = (app: OwnApp, policy: string) =>
  query(app, `UPDATE "Counter" SET hits = array_fill(hits[1], ARRAY[most]) WHERE key LIKE '${policy}%'`);

/** Of these limits there are no rows but theirs: nobody has asked before them. */
async function pastTheirBudgets(app: OwnApp): Promise<void> {
  for (const email of [usedUp.owned, usedUp.unowned])
    for (const channel of ['email', 'sms'] as const) await asks(browserOf(app, email), email, channel);
  await usesUp(app, 'send-identifier-hour');
  for (const email of [at('pair'), at('pair-no')]) await asks(browserOf(app, email), email, 'email');
  await usesUp(app, `send-pair`);
  for (const email of [others['known, guessed at'], others['unknown, guessed at']])
    for (let code = 0; code < 4; code += 1) {
      const browser = browserOf(app, email);
      await asks(browser, email, 'email');
      const { post } = await browser.form(verify, 'name="code"');
      for (let guess = 0; guess < 5; guess += 1) await post([['code', '000000']]);
    }
}
