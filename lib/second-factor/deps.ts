import type { Caller } from '@/lib/caller';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';

/** What every use-case of the second step is given. */
export type SecondStepDeps = {
  db: Database;
  clock: Clock;
  keyring: Keyring;
  caller: Caller;
  appName: string;
  /** Whether the second step is a code in the local inbox: a demonstration, which anyone may look around in. */
  byInbox: boolean;
};
