import { expect, type Locator, type Page } from '@playwright/test';
import { Client } from 'pg';
import type { OwnApp } from './own-app';

type Arrival = {
  channel: 'email' | 'sms';
  to: string;
  subject?: string;
  text: string;
  html?: string;
  minutesAgo?: number;
};

const looks = (code: string): string => `<!DOCTYPE html><html lang="en"><head>
  <meta name="color-scheme" content="light dark"><title>Mail</title></head>
  <body><h1>Latchkey</h1><p>Here is the code to set a new password:</p><p>${code}</p></body></html>`;

export const mail = (code: string, change: Partial<Arrival> = {}): Arrival => ({
  channel: 'email',
  to: 'ana@latchkey.test',
  subject: `${code} is your Latchkey code`,
  text: `Here is the code to set a new password:\n\n${code}\n`,
  html: looks(code),
  ...change,
});

export const sms = (code: string, change: Partial<Arrival> = {}): Arrival => ({
  channel: 'sms',
  to: '+12025550123',
  text: `${code} is your Latchkey code for 10 minutes. Not you? Ignore it, tell no one.\n\n@localhost #${code}`,
  ...change,
});

/** As many mails as text messages, the newest with the code 100000, the one before with 100001, and so on. */
export const history = (count: number): Arrival[] =>
  Array.from({ length: count }, (_, age) => ({ code: String(100_000 + age), minutesAgo: age * 7 })).flatMap(
    ({ code, minutesAgo }) => [mail(code, { minutesAgo }), sms(code, { minutesAgo })],
  );

async function inDatabase(app: OwnApp, act: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: app.databaseUrl });
  await client.connect();
  await act(client).finally(() => client.end());
}

/** Puts messages where the inbox transport does. */
export const arrive = (app: OwnApp, messages: readonly Arrival[]): Promise<void> =>
  inDatabase(app, async (client) => {
    for (const { channel, to, subject, text, html, minutesAgo = 0 } of messages)
      await client.query(
        `INSERT INTO "InboxMessage" (channel, "to", subject, text, html, at)
         VALUES ($1, $2, $3, $4, $5, now() - $6 * interval '1 minute')`,
        [channel, to, subject, text, html, minutesAgo],
      );
  });

export const emptyInbox = (app: OwnApp): Promise<void> =>
  inDatabase(app, (client) => client.query('TRUNCATE "InboxMessage"'));

/** The subject of the mail that is shown. */
export const shownMail = (page: Page): Locator => page.getByRole('article').getByRole('heading');

export async function fitsAcross(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
