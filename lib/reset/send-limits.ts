import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import type { Keyring } from '@/lib/keys/keyring';
import { mostNow, type Wanted, wanted, wantedColumns, wantedFrom, wantedRows } from '@/lib/limits/count-hits';
import { foldedEmail } from '@/lib/limits/folded';
import { counterKey } from '@/lib/limits/policies';
import { MOST_WORK } from '@/lib/proof/marks';

/** Of an identifier's number: a quarter of its second half, for whoever brings no solved proof (RL-2). */
const WAITED_PART = 1 / 8;

const hourAndDay = ['hour', 'day'] as const;

/** The rows of an identifier, owned or not, by one channel. @param subject as `sendLimits` gives it */
const ofIdentifier = (subject: string): Wanted[] =>
  hourAndDay.map((span) => wanted(`send-identifier-${span}`, subject));

/**
 * Every limit of a code that is asked for, by the stage in which it counts: `1 network`, `2 pair`, `3 waited`,
 * `4 identifier`; a device that the account knows has `known 1 network` and `known 2 own` instead.
 * @param input.email as `normaliseEmail` gives it
 */
export function sendLimits(
  { keyring, caller }: { keyring: Keyring; caller: Caller },
  { email, channel }: { email: string; channel: 'email' | 'sms' },
) {
  const identifier = keyring.pepperedHash('identifier', foldedEmail(email));
  const subject = `${channel}:${identifier}`;
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
    ...part('4 identifier', ofIdentifier(subject)),
    ...part('known 1 network', networks.known),
    ...part('known 2 own', [wanted('send-device-hour', ''), wanted('send-device-day', '')]),
  ];
  return { limits, subject, networkKeys: [...networks.strangers, ...networks.known].map(({ key }) => key) };
}

/** SQL over `w.most`: half of it. */
const half = (row: string): Prisma.Sql => Prisma.raw(`ceil(${row}.most / 2.0)::int`);

/**
 * SQL for how often the work for one more code has doubled: with each request past half of the identifier's number, owned
 * or not (RL-2, ENU-8). Null up to half.
 * @param subject as `sendLimits` gives it
 */
export const identifierLevel = (subject: string, now: Date): Prisma.Sql => Prisma.sql`
  SELECT max(LEAST(spent - ${half('l')}, ${MOST_WORK}::int)) FROM (
    SELECT ${mostNow(Prisma.sql`w`)} AS most, (SELECT count(*)::int FROM unnest(c.hits) hit
      WHERE hit > ${now}::timestamptz - w."windowMs" * interval '1 millisecond') AS spent
    FROM ${wantedRows(ofIdentifier(subject))} JOIN "Counter" c ON c.key = w.key
  ) l WHERE spent >= ${half('l')}`;

/**
 * SQL over `w.most`: as much of an identifier's number as work of this level opens, so that of any number at the same
 * moment each has done the work that its place asks for.
 * @param level SQL: -1 for none
 */
export const capAt = (level: Prisma.Sql): Prisma.Sql => Prisma.sql`
  CASE WHEN ${level} >= ${MOST_WORK}::int THEN w.most ELSE LEAST(w.most, ${half('w')} + ${level} + 1) END`;

/** SQL over a row that `countHits` returned: the level that its next one asks for. */
export const nextLevel: Prisma.Sql = Prisma.sql`LEAST(GREATEST(hits - ceil(most / 2.0)::int, 0), ${MOST_WORK}::int)`;

/** SQL: the columns of a limit with its stage. */
export const limitColumns: Prisma.Sql = Prisma.sql`${wantedColumns}, part text`;
