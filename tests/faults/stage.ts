import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../support/free-port';
import { smtpEnv, trusting, twilioEnv } from '../support/provider-env';
import { launch, ownDatabase, type Settings, type Standalone, secret } from '../support/standalone';
import { startTwilioSimulator, type TwilioSimulator } from '../support/twilio-simulator';
import type { Arrival, Asked } from './counts';
import { committed } from './crowd';
import { type MailServer, startMailServer } from './mail-server';

/** The two ways of running (DEL-9): a dispatcher in the process, or `after()` with nothing but cron beside it. */
export type Way = 'process' | 'after';

export type Key = { id: string; secret: Buffer };
export const key = (id: string): Key => ({ id, secret: randomBytes(32) });
const written = (keys: readonly Key[]) => keys.map((one) => `${one.id}:${one.secret.toString('base64')}`).join(',');

type Wanted = {
  instances?: number;
  providers?: readonly ('smtp' | 'smtp-fallback' | 'twilio')[];
  /** Of the app's way to its database. */
  databasePort?: number;
};

export type Stage = {
  readonly way: Way;
  readonly db: Client;
  readonly mail: MailServer;
  readonly second: MailServer;
  readonly phone: TwilioSimulator;
  readonly keys: Key[];
  /** Those that run now. */
  readonly apps: Standalone[];
  readonly databaseUrl: string;
  readonly databaseName: string;
  start(): Promise<void>;
  /** SIGKILL for all. @returns when */
  kill(): Promise<number>;
  stop(): Promise<void>;
  /** Waits until nothing is queued or being sent. @throws after `limit` ms */
  settled(limit: number): Promise<void>;
  asked(): Promise<Asked[]>;
  arrivals(): Arrival[];
  close(): Promise<void>;
};

const opened = new Set<Stage>();

/** Ends whatever still runs, where the suite itself is ended. */
export const closeStages = (): Promise<unknown> => Promise.all([...opened].map((stage) => stage.close()));

/** A database, providers and apps of one fault's own. */
export async function openStage(
  way: Way,
  { instances = 1, providers = ['smtp'], databasePort }: Wanted,
): Promise<Stage> {
  const [database, mail, phone] = await Promise.all([ownDatabase(), startMailServer(), startTwilioSimulator()]);
  const second = await startMailServer(mail.certificate);
  const trust = trusting(mail.certificate.cert);
  const db = new Client({ connectionString: database.url });
  // A fault may end every connection of this database.
  db.on('error', () => {});
  await db.connect();
  const keys = [key('a')];
  const cronSecret = secret();
  const pepper = secret();
  const ports = await Promise.all(Array.from({ length: instances }, freePort));
  const settings = (): Settings => ({
    DATABASE_URL: databasePort ? database.by(databasePort) : database.url,
    DISPATCHER: way,
    LATCHKEY_KEYS: written(keys),
    LATCHKEY_PEPPER: pepper,
    CRON_SECRET: cronSecret,
    ...trust.env,
    ...(providers.includes('smtp') ? smtpEnv(mail.port) : {}),
    ...(providers.includes('smtp-fallback') ? smtpEnv(second.port, 'EMAIL_FALLBACK_') : {}),
    ...(providers.includes('twilio') ? { ...twilioEnv(phone.url), TWILIO_PER_SECOND: '100' } : {}),
  });
  const apps: Standalone[] = [];
  const gone: Standalone[] = [];
  let open = true;

  async function start(): Promise<void> {
    apps.push(...ports.map((port) => launch(port, settings())));
    await Promise.all(apps.map((app) => app.ready()));
  }

  /** What a cron job of a serverless host does, every two seconds. */
  async function cron(): Promise<void> {
    const headers = { authorization: `Bearer ${cronSecret}` };
    while (open) {
      await Promise.all(apps.map(({ base }) => fetch(`${base}/api/cron/dispatch`, { headers }).catch(() => null)));
      await wait(2_000);
    }
  }

  async function settled(limit: number): Promise<void> {
    const until = Date.now() + limit;
    for (;;) {
      const { rows } = await db.query(`SELECT 1 FROM "Delivery" WHERE status IN ('queued', 'sending') LIMIT 1`);
      if (rows.length === 0) return;
      if (Date.now() > until) throw new Error(`not settled after ${limit / 1_000} s: ${await states(db)}`);
      await wait(250);
    }
  }

  const stage: Stage = {
    way,
    db,
    mail,
    second,
    phone,
    keys,
    apps,
    databaseUrl: database.url,
    databaseName: new URL(database.url).pathname.slice(1),
    start,
    async kill() {
      const ending = apps.splice(0);
      gone.push(...ending);
      const at = Date.now();
      await Promise.all(ending.map((app) => app.kill()));
      return at;
    },
    async stop() {
      const ending = apps.splice(0);
      gone.push(...ending);
      await Promise.all(ending.map((app) => app.end()));
    },
    settled,
    asked: () => committed(db, keys),
    arrivals: () => [
      ...mail.arrivals,
      ...second.arrivals,
      ...phone.sent.map(({ To, Body }, n) => ({
        to: To,
        code: /\b\d{6,20}\b/.exec(Body)?.[0] ?? null,
        at: phone.times[n] ?? 0,
      })),
    ],
    async close() {
      open = false;
      opened.delete(stage);
      await stage.kill();
      await db.end().catch(() => {});
      await Promise.all([mail.off(), second.off(), phone.close(), database.drop()]);
      trust.forget();
    },
  };
  opened.add(stage);
  try {
    await start();
  } catch (error) {
    await stage.close();
    throw error;
  }
  if (way === 'after') void cron();
  return stage;
}

async function states(db: Client): Promise<string> {
  const { rows } = await db.query(
    `SELECT status, transport, "errorCode", count(*)::int AS n, max(attempts) AS tries FROM "Delivery" GROUP BY 1, 2, 3`,
  );
  return JSON.stringify(rows);
}
