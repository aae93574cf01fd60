import type { Client } from 'pg';

/** How many of each the benchmark looks through. */
export type Size = { users: number; deliveries: number; events: number; counters: number };

/** The person whose page, deliveries and events are looked at. */
export const sought = { email: 'person500@latchkey.test', number: 500 };

type Said = (line: string) => void;

const uuid = (prefix: string, n: string): string => `('${prefix}' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const user = (n: string): string => uuid('00000000-0000-4000-8000-', n);
const pick = (of: string[], by: string): string => `(ARRAY['${of.join("','")}'])[1 + (${by}) % ${of.length}]`;
/** As a keyed hash looks. */
const hash = (of: string): string => `encode(sha256((${of})::text::bytea), 'hex')`;

const DELIVERY_DAYS = 29;
const EVENT_DAYS = 170;
/** Rows that one statement makes, so that the way is seen. */
const PORTION = 1_000_000;

const events = [
  ...['code_requested', 'code_requested', 'code_requested', 'code_verified', 'delivery_sent', 'delivery_sent'],
  ...[
    'delivery_delivered',
    'password_changed',
    'sign_in_succeeded',
    'sign_in_succeeded',
    'sign_in_failed',
    'code_wrong',
  ],
  ...['sessions_revoked', 'code_resent', 'delivery_failed', 'send_refused'],
];

/** Statements that fill an empty, migrated database; `$1` is how far back a portion begins, in rows. */
function statements(
  size: Size,
  recipientHash: string,
): { what: string; rows: number; sql(from: number, to: number): string }[] {
  const step = (days: number, rows: number): string => `interval '${(days * 86_400) / rows} seconds'`;
  const recent = Math.floor((size.deliveries * 2) / DELIVERY_DAYS);
  return [
    {
      what: 'users',
      rows: size.users,
      sql: (from, to) => `
        INSERT INTO "User" (id, email, "emailVerifiedAt", phone, "phoneVerifiedAt", name, "createdAt")
        SELECT ${user('n')}, 'person' || n || '@latchkey.test', now(), '+1202' || (1000000 + n), now(), 'Person ' || n,
          now() - n * interval '1 minute' FROM generate_series(${from}, ${to}) n`,
    },
    {
      what: 'codes of the last two days',
      rows: recent,
      sql: (from, to) => `
        INSERT INTO "Challenge" (id, purpose, "userId", "identifierHash", nonce, "keyId", digits, attempts, "maxAttempts",
          "createdAt", "expiresAt", "consumedAt", "grantExpiresAt", "grantSpentAt")
        SELECT 'c' || n, 'password_reset', CASE WHEN n % 30 > 0 THEN ${user(`1 + n % ${size.users}`)} END, 'h' || n, 'n', 'k',
          CASE WHEN n % 200 = 0 THEN 8 ELSE 6 END, n % 3, 5, at, at + interval '10 minutes', used,
          used + interval '10 minutes', used + interval '30 seconds'
        FROM generate_series(${from}, ${to}) n CROSS JOIN LATERAL (SELECT now() - n * ${step(DELIVERY_DAYS, size.deliveries)} AS at) t
        CROSS JOIN LATERAL (SELECT CASE WHEN n % 30 > 0 AND n % 5 > 0 THEN t.at + (20 + n % 60) * interval '1 second' END AS used) u`,
    },
    {
      what: 'deliveries',
      rows: size.deliveries,
      sql: (from, to) => `
        INSERT INTO "Delivery" (id, kind, channel, status, "challengeId", "userId", "queuedAt", "nextAttemptAt", claims,
          attempts, transport, "errorClass", "errorCode", "sentAt", "deliveredAt", "endedAt", "recipientMasked",
          "recipientHash", country, cost)
        SELECT ${uuid('10000000-0000-4000-8000-', 'n')}, 'code', channel::"Channel", status::"DeliveryStatus",
          CASE WHEN n <= ${recent} THEN 'c' || n END, CASE WHEN real THEN ${user(`1 + n % ${size.users}`)} END, at, at, 1, 1,
          CASE WHEN channel = 'sms' THEN 'inbox-sms' ELSE 'inbox-email' END,
          (CASE WHEN status = 'failed' THEN ${pick(['recipient', 'recipient', 'passing', 'account'], 'n / 20')} END)::"FailureClass",
          CASE WHEN status = 'failed' THEN ${pick(['550', '30003', 'ETIMEDOUT', '535'], 'n / 20')} END,
          CASE WHEN status <> 'failed' THEN at + (n % 900) * interval '1 millisecond' END,
          CASE WHEN status = 'delivered' THEN at + interval '3 seconds' END, at + interval '3 seconds',
          CASE WHEN real THEN 'p•••@latchkey.test' END,
          CASE WHEN real THEN CASE WHEN n % ${size.users} = ${sought.number - 1} THEN '${recipientHash}' ELSE ${hash('n')} END END,
          CASE WHEN real AND channel = 'sms' THEN ${pick(['US', 'GB', 'DE'], 'n')} END,
          CASE WHEN real AND channel = 'sms' THEN 8300 END
        FROM generate_series(${from}, ${to}) n CROSS JOIN LATERAL (
          SELECT now() - n * ${step(DELIVERY_DAYS, size.deliveries)} AS at, n % 30 > 0 AS real,
            CASE WHEN n % 4 = 0 THEN 'sms' ELSE 'email' END AS channel,
            CASE WHEN n % 20 = 0 THEN 'failed' WHEN n % 4 = 0 THEN 'delivered' ELSE 'sent' END AS status) t`,
    },
    {
      what: 'tries at providers, of the last two days',
      rows: recent,
      sql: (from, to) => `
        INSERT INTO "DeliveryAttempt" ("deliveryId", number, transport, "startedAt", "endedAt", accepted, answer)
        SELECT ${uuid('10000000-0000-4000-8000-', 'n')}, 1, CASE WHEN n % 4 = 0 THEN 'inbox-sms' ELSE 'inbox-email' END,
          at, at + interval '80 milliseconds', n % 20 > 0, '250 2.0.0 OK'
        FROM generate_series(${from}, ${to}) n
        CROSS JOIN LATERAL (SELECT now() - n * ${step(DELIVERY_DAYS, size.deliveries)} AS at) t`,
    },
    {
      what: 'audit events',
      rows: size.events,
      sql: (from, to) => `
        INSERT INTO "AuditEvent" (id, at, type, "actorId", "subjectId", source, "correlationId", batch, detail)
        SELECT ${uuid('20000000-0000-4000-8000-', 'n')}, now() - n * ${step(EVENT_DAYS, size.events)},
          CASE WHEN n % 5000 = 0 THEN 'user_disabled' ELSE ${pick(events, 'n')} END,
          CASE WHEN n % 5000 = 0 THEN ${user('1')} END,
          CASE WHEN n % 16 <> 15 THEN ${user(`1 + (n / 16) % ${size.users}`)} END, ${hash('n % 200000')}, 'c' || n / 4, 1 + (${size.events} - n) / 5000,
          CASE WHEN n % 5000 = 0 THEN '{"by":"admin","before":"enabled","after":"disabled"}'::jsonb ELSE '{}' END
        FROM generate_series(${from}, ${to}) n`,
    },
    {
      what: 'counters',
      rows: size.counters,
      sql: (from, to) => `
        INSERT INTO "Counter" (key, most, "windowMs", hits, passed, points, "expiresAt")
        SELECT CASE WHEN n % 10 = 0 THEN 'guess:' || ${hash('n')} ELSE
            ${pick(['send-address', 'send-pair', 'send-identifier-hour', 'guess-address-hour', 'sign-in-address-hour'], 'n')} || ':' || ${hash('n')} END,
          CASE WHEN n % 10 = 0 THEN 0 ELSE 20 END, CASE WHEN n % 10 = 0 THEN 0 ELSE 3600000 END,
          CASE WHEN n % 10 = 0 THEN NULL ELSE (SELECT array_agg(now() - k * interval '1 minute' ORDER BY k DESC)
            FROM generate_series(0, CASE WHEN n % 500 = 1 THEN 19 ELSE 2 END) k) END,
          n % 500 <> 1, n % 7, now() + interval '1 hour' FROM generate_series(${from}, ${to}) n`,
    },
  ];
}

/** Fills a migrated database. Indexes are made anew at the end: many times faster, and as dense as after a VACUUM. */
export async function seed(client: Client, size: Size, recipientHash: string, say: Said): Promise<void> {
  // Nothing refers to what is not there; checking it for twenty million rows would take most of the time.
  await client.query('SET session_replication_role = replica');
  const tables = ['User', 'Challenge', 'Delivery', 'DeliveryAttempt', 'AuditEvent', 'Counter'];
  const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(
    `SELECT indexname, indexdef FROM pg_indexes i WHERE tablename = ANY($1) AND NOT EXISTS (
       SELECT FROM pg_constraint WHERE conname = i.indexname)`,
    [tables],
  );
  for (const { indexname } of indexes) await client.query(`DROP INDEX "${indexname}"`);
  for (const { what, rows, sql } of statements(size, recipientHash)) {
    for (let from = 1; from <= rows; from += PORTION) {
      await client.query(sql(from, Math.min(rows, from + PORTION - 1)));
      say(`${what}: ${Math.min(rows, from + PORTION - 1)} of ${rows}`);
    }
  }
  for (const { indexname, indexdef } of indexes) {
    await client.query(indexdef);
    say(`index ${indexname}`);
  }
  await client.query('SET session_replication_role = DEFAULT');
  await client.query('VACUUM (ANALYZE)');
}
