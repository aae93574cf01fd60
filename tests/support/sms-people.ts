import type { Database } from '@/lib/db/client';
import { log } from '@/lib/log';
import { readSmsCost, type SmsCostEnv } from '@/lib/sms-budget/settings';
import { queueCode } from './queue';
import type { World } from './world';

/** Numbers that nobody has, by their country. */
const starts: Readonly<Record<string, string>> = { US: '+120255500', DE: '+49151100000', JM: '+187655500' };
export const numberIn = (country: string, n: number): string => `${starts[country]}${String(n).padStart(2, '0')}`;

/** @param env as it stands in .env; it must be right */
export function costs(env: SmsCostEnv) {
  const { cost, problems } = readSmsCost(env);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return cost;
}

/** People with verified numbers, and each one's code by SMS queued. @returns the ids of the deliveries */
export async function askBySms(world: World, numbers: readonly string[]): Promise<string[]> {
  const at = new Date();
  const before = await world.db.user.count();
  const emails = numbers.map((_, n) => `p${before + n}@latchkey.test`);
  await world.db.user.createMany({
    data: numbers.map((phone, n) => ({
      email: emails[n] ?? '',
      emailVerifiedAt: at,
      phone,
      phoneVerifiedAt: at,
      name: 'Somebody',
    })),
  });
  const ids: string[] = [];
  for (const email of emails) ids.push(await queueCode(world, email, 'sms'));
  return ids;
}

/** Money on the ledger, in millionths, by country. */
export async function ledger(db: Database): Promise<Record<string, number>> {
  const rows = await db.smsCountry.findMany();
  return Object.fromEntries(rows.map(({ country, spentMicros }) => [country, Number(spentMicros)]));
}

/** The alerts that the log was given since, of that name. */
export function alerts(name: string): () => Record<string, unknown>[] {
  const written = jest.spyOn(log, 'error').mockImplementation(() => undefined);
  return () =>
    written.mock.calls
      .map(([fields]) => fields as unknown as Record<string, unknown>)
      .filter(({ alert }) => alert === name);
}
