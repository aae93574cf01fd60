import { Counter, Gauge, Registry } from 'prom-client';
import { openIncidents } from '@/lib/alerts/incidents';
import type { Database } from '@/lib/db/client';
import type { Transports } from '@/lib/delivery/port';
import { engineState } from '@/lib/dispatch/engine-state';
import type { SmsCost } from '@/lib/sms-budget/cost';
import { limitedLately, smsDay } from './lately';
import { overview } from './overview';
import type { What } from './tally';
import { totals } from './totals';

type Deps = { db: Database; transports: Transports; smsCost: SmsCost };
type Labels = Record<string, string>;

const channels = ['email', 'sms'] as const;
/** What counts up and never down: a failure may still become an arrival, so it is a gauge. */
const counted: readonly (readonly [What, string])[] = [
  ['requested', 'Codes that people with an account asked for.'],
  ['sent', 'Codes that a provider was handed.'],
  ['accepted', 'Codes taken by the mail provider, or delivered by the phone’s.'],
  ['verified', 'Codes that were typed.'],
  ['reset', 'Passwords that were set.'],
  ['failedOver', 'Codes that went by the other channel.'],
  ['decoy', 'Requests for addresses that nobody has, or past a limit.'],
  ['wrong', 'Wrong codes.'],
  ['lengthened', 'Codes with more than six digits.'],
  ['refused', 'Limits that refused somebody, once an hour each.'],
];
const snake = (what: string): string => what.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * What Prometheus reads (OBS-1), all of it from the database: every instance answers alike. Nothing of anybody is in it,
 * and no version.
 * @returns text of the exposition format 0.0.4
 */
export async function exposition(
  { db, transports, smsCost }: Deps,
  now: Date,
): Promise<{ type: string; text: string }> {
  const registry = new Registry();
  const gauge = (name: string, help: string, values: readonly (readonly [Labels, number | null])[]): void => {
    const labelNames = [...new Set(values.flatMap(([labels]) => Object.keys(labels)))];
    const one = new Gauge({ name: `latchkey_${name}`, help, labelNames, registers: [registry] });
    for (const [labels, value] of values) if (value !== null) one.set(labels, value);
  };
  const [sums, hour, engine, countries, limited, incidents] = await Promise.all([
    totals(db, now),
    overview(db, 'hour', now),
    engineState(db, transports, now),
    smsDay(db, now),
    limitedLately(db, now),
    openIncidents(db),
  ]);

  for (const [what, help] of counted) {
    const name = `latchkey_${snake(what)}_total`;
    const one = new Counter({ name, help, labelNames: ['channel'], registers: [registry] });
    const rows = sums.filter((sum) => sum.what === what);
    for (const { channel, count } of rows) one.inc({ channel: channel === '-' ? 'any' : channel }, count);
  }
  gauge(
    'failed_last_hour',
    'Codes asked for within an hour that failed for good, by the class of the error.',
    hour.failures.flatMap(({ what, ...counts }) =>
      channels.map((channel) => [{ class: what, channel }, counts[channel]] as const),
    ),
  );
  for (const [name, help] of [
    ['handoff', 'Seconds from the request to the provider, within the last hour.'],
    ['typed', 'Seconds from the request to the right code, within the last hour.'],
  ] as const)
    gauge(
      `${name}_seconds`,
      help,
      channels.flatMap((channel) => {
        const { p50, p95 } = hour[name][channel];
        return [
          [{ channel, quantile: '0.5' }, p50 && p50 / 1_000],
          [{ channel, quantile: '0.95' }, p95 && p95 / 1_000],
        ] as const;
      }),
    );
  gauge(
    'limited_last_hour',
    'Acts of the last hour that a limit refused or suppressed.',
    limited.map(({ type, count }) => [{ type }, count]),
  );
  gauge(
    'sms_last_day',
    'SMS with codes of the last 24 hours by country and what became of them.',
    countries.flatMap(({ country, sent, delivered, failed, verified }) =>
      Object.entries({ sent, delivered, failed, verified }).map(
        ([outcome, count]) => [{ country, outcome }, count] as const,
      ),
    ),
  );
  gauge(
    'sms_inbox_seconds',
    'Seconds from the hand-off to the phone, by country, within 24 hours.',
    countries.flatMap(({ country, inbox50, inbox95 }) => [
      [{ country, quantile: '0.5' }, inbox50] as const,
      [{ country, quantile: '0.95' }, inbox95] as const,
    ]),
  );
  gauge(
    'sms_spent_today',
    'What SMS have cost this UTC day, in the currency of SMS_PRICES; * is all together.',
    (engine.sms ?? []).map(({ country, spentMicros }) => [{ country }, spentMicros / 1e6]),
  );
  gauge(
    'sms_budget_today',
    'What SMS may cost in a UTC day.',
    [...smsCost.budgets].map(([country, micros]) => [{ country }, micros / 1e6]),
  );
  const limits = engine.providers.flatMap(({ name, quota }) => (quota ? [{ transport: name, ...quota }] : []));
  gauge(
    'quota_used',
    'Messages of the last 24 hours.',
    limits.map(({ transport, used }) => [{ transport }, used]),
  );
  gauge(
    'quota_limit',
    'Messages in 24 hours that are taken.',
    limits.map(({ transport, perDay }) => [{ transport }, perDay]),
  );
  gauge(
    'circuit_open',
    'Whether nothing is sent by a provider at the moment.',
    engine.providers.map(({ name, openUntil }) => [{ transport: name }, openUntil ? 1 : 0]),
  );
  gauge('outbox_waiting', 'Messages that wait or are being sent.', [[{}, engine.outbox.waiting]]);
  gauge('outbox_age_seconds', 'How long the oldest of them has waited.', [[{}, engine.outbox.oldestSeconds ?? 0]]);
  gauge(
    'incident',
    'What administrators were told of and is not over.',
    incidents.map(({ kind, about }) => [{ kind, about }, 1]),
  );
  return { type: registry.contentType, text: await registry.metrics() };
}
