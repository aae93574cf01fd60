import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import type { Keyring } from '@/lib/keys/keyring';
import { type Wanted, wanted, wantedColumns, wantedFrom } from '@/lib/limits/count-hits';
import { foldedEmail } from '@/lib/limits/folded';
import { counterKey } from '@/lib/limits/policies';
import { MOST_WORK } from '@/lib/proof/marks';

/** Of an identifier's number: a quarter of its second half, for whoever brings no solved proof (RL-2). */
const WAITED_PART = 1 / 8;

const hourAndDay = ['hour', 'day'] as const;

/**
 * Every limit of a code that is asked for, by the stage in which it counts: `1 network`, `2 pair`, `3 identifier` and
 * with it `3 waited`; a device that the account knows has `known 1 network` and `known 2 own` instead.
 * @param input.email as `normaliseEmail` gives it
 */
export function sendLimits(
  { keyring, caller }: { keyring: Keyring; caller: Caller },
  { email, channel }: { email: string; channel: 'email' | 'sms' },
) {
  const identifier = keyring.pepperedHash('identifier', foldedEmail(email));
  const subject = `${channel}:${identifier}`;
  const halves = hourAndDay.map((span) => wanted(`send-identifier-${span}`, subject));
  const networks = { strangers: wantedFrom(caller, 'send-address'), known: wantedFrom(caller, 'send-known-address') };
  const part = (name: string, rows: readonly Wanted[]) => rows.map((row) => ({ ...row, part: name }));
  const limits = [
    ...part('1 network', networks.strangers),
    ...part(
      '2 pair',
      wantedFrom(caller, 'send-pair', (network) => keyring.pepperedHash('pair', `${identifier} ${network}`)),
    ),
    ...part(
      '3 waited',
      hourAndDay.map((span) => ({
        ...wanted(`send-identifier-${span}`, subject, WAITED_PART),
        key: counterKey(`send-waited-${span}`, subject),
      })),
    ),
    ...part('3 identifier', halves),
    ...part('known 1 network', networks.known),
    ...part('known 2 own', [wanted('send-device-hour', ''), wanted('send-device-day', '')]),
  ];
  return { limits, halves, networkKeys: [...networks.strangers, ...networks.known].map(({ key }) => key) };
}

/**
 * SQL over a `w`: as much of an identifier's number as work of this level opens, so that of any number at the same
 * moment each has done the work that its place asks for.
 * @param level SQL: -1 for none
 */
export const capAt = (level: Prisma.Sql): Prisma.Sql => Prisma.sql`
  CASE WHEN ${level} >= ${MOST_WORK}::int OR w.key NOT LIKE 'send-identifier-%' THEN w.most
    ELSE LEAST(w.most, ceil(w.most / 2.0)::int + ${level} + 1) END`;

/** SQL over a row that `countHits` returned: the level that its next one asks for. */
export const nextLevel: Prisma.Sql = Prisma.sql`LEAST(GREATEST(hits - ceil(most / 2.0)::int, 0), ${MOST_WORK}::int)`;

/** SQL: the columns of a limit with its stage. */
export const limitColumns: Prisma.Sql = Prisma.sql`${wantedColumns}, part text`;
