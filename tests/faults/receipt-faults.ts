import { randomUUID } from 'node:crypto';
import { signForm } from '../support/twilio-signature';
import {
  type Callback,
  messageSid,
  postCallback,
  type TwilioSimulator,
  twilioToken,
} from '../support/twilio-simulator';
import { count } from './counts';
import { makePeople, queue } from './crowd';
import type { Fault } from './fault';
import { openStage, type Stage } from './stage';

/** Says these of the nth SMS. @returns the last answer */
async function says(phone: TwilioSimulator, n: number, ...all: [status: string, error?: string][]): Promise<number> {
  let last = 0;
  for (const [status, error] of all) last = (await phone.callback(messageSid(n), status, error)).status;
  return last;
}

const forged = (callback: Callback): Callback => ({ ...callback, signature: signForm(callback.url, [], 'guessed') });

/** Signed as Twilio does, for a delivery that was never ours. */
function ofAStranger(callback: Callback): Callback {
  const url = callback.url.replace(/delivery=.*/, `delivery=${randomUUID()}`);
  return { ...callback, url, signature: signForm(url, callback.form, twilioToken) };
}

/** Signed as Twilio does, by a message that is not the delivery's. */
function byAnotherSid(callback: Callback): Callback {
  const form = callback.form.map(([name, value]): [string, string] => [
    name,
    /Sid$/.test(name) ? `SM${'f'.repeat(32)}` : value,
  ]);
  return { ...callback, form, signature: signForm(callback.url, form, twilioToken) };
}

async function statuses({ db }: Stage): Promise<Record<string, number>> {
  const { rows } = await db.query<{ status: string; n: number }>(
    `SELECT status::text, count(*)::int AS n FROM "Delivery" WHERE channel = 'sms' GROUP BY 1`,
  );
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
}

export const receiptFaults: Fault[] = [
  {
    name: 'receipts replayed, reordered, forged, of an unknown sid; the app dies before them',
    async run(way) {
      const stage = await openStage(way, { providers: ['smtp', 'twilio'] });
      const { phone } = stage;
      try {
        await queue(stage.db, await makePeople(stage.db, 40, 'both'), 'sms');
        await stage.settled(60_000);
        await stage.kill();
        await stage.start();
        const problems: string[] = [];
        const expects = (what: string, found: number, wanted: number) =>
          found !== wanted && problems.push(`${what}: ${found}, not ${wanted}`);
        for (let n = 1; n <= 10; n += 1) await says(phone, n, ['delivered'], ['delivered'], ['delivered']);
        for (let n = 11; n <= 20; n += 1)
          await says(phone, n, ['delivered'], ['sent'], ['undelivered', '30003'], ['queued']);
        for (let n = 21; n <= 30; n += 1) {
          const said = phone.prepare(messageSid(n), 'undelivered', '30003');
          expects('a forged receipt', (await postCallback(forged(said))).status, 403);
          expects('a receipt for an unknown delivery', (await postCallback(ofAStranger(said))).status, 204);
          expects('a receipt of another sid', (await postCallback(byAnotherSid(said))).status, 204);
        }
        for (let n = 31; n <= 40; n += 1)
          await says(phone, n, ['undelivered', '30003'], ['undelivered', '30003'], ['sent']);
        await stage.settled(60_000);
        const ended = await statuses(stage);
        for (const [status, wanted] of Object.entries({ delivered: 20, sent: 10, failed: 10 }))
          expects(`SMS that ended ${status}`, ended[status] ?? 0, wanted);
        // What Twilio could not deliver did not arrive: the mail after it is no duplicate.
        const undelivered = new Set(phone.sent.slice(30).map(({ To }) => To));
        const counts = count(
          await stage.asked(),
          stage.arrivals().filter(({ to }) => !undelivered.has(to)),
        );
        counts.problems.push(...problems);
        return counts;
      } finally {
        await stage.close();
      }
    },
  },
];
