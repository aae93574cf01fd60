import { isId } from '@/lib/admin/deliveries/delivery';
import type { ListedDelivery } from '@/lib/admin/deliveries/list';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { addressBucket } from '@/lib/otp/guesses';
import { signInKey } from '@/lib/session/sign-in-limits';
import type { PersonLine } from './list';

/** What an admin may know of one person. Never a code, a token or a password's hash (ADM-3). */
export type PersonPage = PersonLine & {
  emailVerifiedAt: Date | null;
  phoneVerifiedAt: Date | null;
  /** Channels that a disputed reset went over, and until when they carry no code. */
  distrusted: readonly ('email' | 'sms')[];
  distrustUntil: Date | null;
  hasPassword: boolean;
  /** Whether an authenticator app is set up. */
  hasApp: boolean;
  devices: number;
  sessions: { id: string; createdAt: Date; lastSeenAt: Date }[];
  /** Wrong codes in a row at this address, and failed sign-ins in a row. */
  wrongCodes: number;
  failedSignIns: number;
  deliveries: Pick<ListedDelivery, 'id' | 'queuedAt' | 'kind' | 'channel' | 'status' | 'errorCode'>[];
  events: { id: string; at: Date; type: string; actorId: string | null; detail: unknown }[];
};

/** How many of the latest are shown. */
const LATEST = 20;

/** @param id anything a path brought @returns null where nobody has it */
export async function readPerson(db: Database, keyring: Keyring, id: string, now: Date): Promise<PersonPage | null> {
  if (!isId(id)) return null;
  const user = await db.user.findUnique({
    where: { id },
    include: {
      secondFactor: { select: { userId: true } },
      sessions: {
        where: { expiresAt: { gt: now } },
        select: { id: true, createdAt: true, lastSeenAt: true },
        orderBy: { lastSeenAt: 'desc' },
        take: LATEST,
      },
      deliveries: {
        select: { id: true, queuedAt: true, kind: true, channel: true, status: true, errorCode: true },
        orderBy: { queuedAt: 'desc' },
        take: LATEST,
      },
      _count: { select: { devices: true } },
    },
  });
  if (!user) return null;
  const [wrongKey, failedKey] = [addressBucket(keyring, user.email), signInKey(keyring, user.email)];
  const [events, counters] = await Promise.all([
    db.auditEvent.findMany({
      where: { subjectId: id },
      select: { id: true, at: true, type: true, actorId: true, detail: true },
      orderBy: { at: 'desc' },
      take: LATEST,
    }),
    db.counter.findMany({ where: { key: { in: [wrongKey, failedKey] } }, select: { key: true, points: true } }),
  ]);
  const pointsOf = (key: string) => counters.find((row) => row.key === key)?.points ?? 0;
  const { secondFactor, passwordHash, _count, passwordVersion: _version, ...shown } = user;
  return {
    ...shown,
    hasPassword: passwordHash !== null,
    hasApp: secondFactor !== null,
    devices: _count.devices,
    events,
    wrongCodes: pointsOf(wrongKey),
    failedSignIns: pointsOf(failedKey),
  };
}
