import 'server-only';
import type { Webhook } from '@/lib/alerts/webhook';
import { type Clock, systemClock } from '@/lib/clock';
import { connect, type Database } from '@/lib/db/client';
import { createInboxTransport } from '@/lib/delivery/inbox';
import type { Channel, Transports } from '@/lib/delivery/port';
import { fallbackEnv } from '@/lib/delivery/settings';
import { createSmtpTransport } from '@/lib/delivery/smtp/transport';
import { createTwilioTransport } from '@/lib/delivery/twilio/transport';
import { createDispatcher, type Dispatcher } from '@/lib/dispatch/dispatcher';
import { configuredTransports, env, hasFallback } from '@/lib/env/env';
import type { Env } from '@/lib/env/schema';
import { createKeyring, type Keyring } from '@/lib/keys/keyring';
import { type Blocked, createBlocked } from '@/lib/limits/blocked';
import type { SmsCost } from '@/lib/sms-budget/cost';
import { readSmsCost } from '@/lib/sms-budget/settings';
import { type BreachCheck, breachCheckOf } from '@/lib/users/breached-passwords';
import { createSlots, type Slots } from '@/lib/users/hash-slots';

/** Everything that a use-case is given. Use-cases take the part that they need. */
export type Container = {
  env: Env;
  db: Database;
  clock: Clock;
  keyring: Keyring;
  transports: Transports;
  appName: string;
  origin: URL;
  /** Code points. */
  minPasswordLength: number;
  /** Null where HIBP is off. */
  breached: BreachCheck | null;
  /** The channels that have a transport, in the order of their display. */
  offered: readonly Channel[];
  smsCost: SmsCost;
  webhook: Webhook | null;
  dispatcher: Dispatcher;
  blocked: Blocked;
  hashSlots: Slots;
};

/** Chooses the adapters, here and nowhere else. */
function chooseTransports(settings: Env, db: Database): Transports {
  const way = configuredTransports(settings);
  const transports: Transports = {};
  if (way.email === 'smtp') {
    const second = hasFallback(settings) ? [createSmtpTransport(fallbackEnv(settings), {}, 'smtp-fallback')] : [];
    transports.email = [createSmtpTransport(settings), ...second];
  }
  if (way.email === 'inbox') transports.email = [createInboxTransport('email', db)];
  if (way.sms === 'twilio') transports.sms = [createTwilioTransport(settings)];
  if (way.sms === 'inbox') transports.sms = [createInboxTransport('sms', db)];
  return transports;
}

/** Where alerts go beside the mail to admins. */
const webhookOf = ({ ALERT_WEBHOOK_URL: url, APP_NAME: appName, APP_URL: origin }: Env): Webhook | null =>
  url ? { url, appName, origin } : null;

function build(): Container {
  const settings = env();
  const db = connect(settings.DATABASE_URL, settings.DATABASE_POOL);
  const transports = chooseTransports(settings, db);
  const parts = {
    db,
    clock: systemClock,
    keyring: createKeyring(settings.LATCHKEY_KEYS, settings.LATCHKEY_PEPPER),
    transports,
    appName: settings.APP_NAME,
    origin: settings.APP_URL,
    smsCost: readSmsCost(settings).cost,
    webhook: webhookOf(settings),
  };
  return {
    ...parts,
    env: settings,
    dispatcher: createDispatcher(parts),
    blocked: createBlocked(),
    hashSlots: createSlots(),
    minPasswordLength: settings.PASSWORD_MIN_LENGTH,
    breached: breachCheckOf(settings),
    offered: (['email', 'sms'] as const).filter((channel) => transports[channel]),
  };
}

// instrumentation.ts and the routes load modules separately: what both share hangs on globalThis.
const shared = globalThis as typeof globalThis & { latchkey?: Container };

/** The one container of this process, built at first use. */
export function container(): Container {
  shared.latchkey ??= build();
  return shared.latchkey;
}
