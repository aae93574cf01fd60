import { setImmediate as gatherMore } from 'node:timers/promises';
import type { Database } from '@/lib/db/client';
import { log } from '@/lib/log';
import { within } from '@/lib/within';
import { allows, priceOf, type SmsCost } from './cost';
import { countryOf } from './country';
import { type Booked, type BudgetAlert, bookSms, type Wanted } from './ledger';

/** Why an SMS must not leave: an error code of its delivery. */
export type Withheld = 'country-not-allowed' | 'sms-stopped' | 'sms-budget';

/** `micros` was booked for it on that UTC day; null where SMS have no price. */
export type Permit =
  | { status: 'granted'; country: string; micros: number | null; day: string }
  | { status: 'withheld'; code: Withheld };

/** One booking, ms: the SMS behind it wait no longer (TIM-2). What was booked late is spent, so that no budget is exceeded. */
const BOOK_MS = 20_000;

type Waiting = { wanted: Wanted; done: (booked: Booked) => void; failed: (error: unknown) => void };

/**
 * Stands before the socket of every SMS (RL-4, RL-6). What is asked for together, as by the sends of one claim, is
 * booked in one statement; what comes while it is under way waits for the next.
 */
export class SmsGate {
  readonly #db: Database;
  readonly #cost: SmsCost;
  #waiting: Waiting[] = [];
  #booking = false;

  constructor(db: Database, cost: SmsCost) {
    this.#db = db;
    this.#cost = cost;
  }

  /**
   * Ask when nothing but the socket is left to do: a permit is money spent.
   * @param number E.164 @throws where the database does not answer
   */
  async ask(number: string): Promise<Permit> {
    const country = countryOf(number);
    if (!allows(this.#cost, country)) return { status: 'withheld', code: 'country-not-allowed' };
    const micros = priceOf(this.#cost, country);
    const booked = await new Promise<Booked>((done, failed) => {
      this.#waiting.push({ wanted: { country, micros }, done, failed });
      if (!this.#booking) void this.#book();
    });
    return booked.held === null
      ? { status: 'granted', country, micros, day: booked.day }
      : { status: 'withheld', code: booked.held };
  }

  async #book(): Promise<void> {
    this.#booking = true;
    await gatherMore();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        const wanted = batch.map((one) => one.wanted);
        const { booked, alerts } = await within(BOOK_MS, bookSms(this.#db, this.#cost, wanted));
        for (const alert of alerts) tell(alert);
        for (const [place, answer] of booked.entries()) batch[place]?.done(answer);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#booking = false;
  }
}

/** OBS-2: one instance says it, once a day for each country and for all together (`*`). */
function tell({ country, percent, spent, budget }: BudgetAlert): void {
  const what = percent === 100 ? 'is used up: codes go by email until midnight UTC' : 'is used up to four fifths';
  log.error(
    { alert: 'sms-budget', country, percent, spentMicros: spent, budgetMicros: budget },
    `the day's SMS budget ${what}`,
  );
}
