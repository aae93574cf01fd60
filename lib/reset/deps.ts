import type { Caller } from '@/lib/caller';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import type { Blocked } from '@/lib/limits/blocked';
import type { Channel } from '@/lib/otp/challenge';
import type { BreachCheck } from '@/lib/users/breached-passwords';
import type { Slots } from '@/lib/users/hash-slots';

/** What every use-case of the flow is given. */
export type ResetDeps = {
  db: Database;
  keyring: Keyring;
  clock: Clock;
  appName: string;
  /** Code points. */
  minPasswordLength: number;
  /** Null where HIBP is off. */
  breached: BreachCheck | null;
  /** Channels that have a transport. */
  offered: readonly Channel[];
  /** Who asks. */
  caller: Caller;
  blocked: Blocked;
  /** Through which every password is hashed (LOG-1). */
  hashSlots: Slots;
};

/** A keyed hash of the normalised address, owned or not (VER-3). */
export const identifierHash = (keyring: Keyring, email: string): string => keyring.pepperedHash('identifier', email);
