import type { Database } from '@/lib/db/client';
import { allows, priceOf, type SmsCost } from '@/lib/sms-budget/cost';
import { EVERYWHERE } from '@/lib/sms-budget/country';
import { type SmsAccount, smsAccounts } from '@/lib/sms-budget/switch';

/** A country, or `*` for all together, with what may be spent there. Money in millionths of the currency of SMS_PRICES. */
export type SmsPlace = SmsAccount & { allowed: boolean; priceMicros: number | null; budgetMicros: number | null };

/** @returns all together first, then each country that is named in the settings or was ever written to */
export async function smsPlaces(db: Database, cost: SmsCost): Promise<SmsPlace[]> {
  const accounts = await smsAccounts(db);
  const named = [...(cost.countries ?? []), ...cost.prices.keys(), ...cost.budgets.keys()];
  const unwritten = [...new Set(named)].filter((country) => !accounts.some((account) => account.country === country));
  const untouched = { spentMicros: 0, stoppedBy: null, stoppedAt: null, stoppedUntil: null };
  return [...accounts, ...unwritten.map((country) => ({ country, ...untouched }))]
    .map((account) => ({
      ...account,
      allowed: account.country === EVERYWHERE || allows(cost, account.country),
      priceMicros: account.country === EVERYWHERE ? null : priceOf(cost, account.country),
      budgetMicros: cost.budgets.get(account.country) ?? null,
    }))
    .sort((a, b) => (a.country < b.country ? -1 : 1));
}
