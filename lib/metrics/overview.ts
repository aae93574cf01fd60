import { hours, minutes, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { msOfStep, type Tallied, talliesSince, type What } from '@/lib/metrics/tally';
import type { Channel } from '@/lib/otp/challenge';

/** The spans that the overview shows, and how long the stretches of their charts are, ms. */
export const spans = {
  hour: { ms: hours(1), strideMs: minutes(5) },
  day: { ms: hours(24), strideMs: hours(1) },
  week: { ms: hours(168), strideMs: hours(1) },
} as const;
export type Span = keyof typeof spans;

export const funnelSteps = ['requested', 'sent', 'accepted', 'verified', 'reset'] as const;
export type Funnel = Record<(typeof funnelSteps)[number], number>;
/** ms; null where nothing was measured. */
export type Times = { p50: number | null; p95: number | null };
export type ChartPoint = { at: Date; email: number | null; sms: number | null };

export type Overview = {
  from: Date;
  now: Date;
  /** By the channel that was asked for first. */
  funnel: Record<Channel | 'all', Funnel>;
  /** The same span before, so that a change shows; null where it was not counted. */
  requestedBefore: number | null;
  failedOver: number;
  failures: { what: 'recipient' | 'account' | 'passing' | 'other'; email: number; sms: number }[];
  handoff: Record<Channel | 'all', Times>;
  typed: Record<Channel | 'all', Times>;
  /** The 95th percentile of the time to hand-off, ms, in the order of time; a stretch without any is null. */
  chart: ChartPoint[];
  wrong: number;
  lengthened: number;
  refused: number;
  decoys: number;
};

const channels = ['email', 'sms'] as const;

/** ms below which a share of the times lies. @param share 0 to 1 */
function percentile(tallies: readonly { step: number; count: number }[], share: number): number | null {
  const total = tallies.reduce((sum, { count }) => sum + count, 0);
  let left = total * share;
  for (const { step, count } of [...tallies].sort((a, b) => a.step - b.step)) {
    left -= count;
    if (left <= 0 && total > 0) return msOfStep(step);
  }
  return null;
}

const timesOf = (tallies: readonly Tallied[]): Times => ({
  p50: percentile(tallies, 0.5),
  p95: percentile(tallies, 0.95),
});

/** What has happened since an hour, a day or a week ago (ADM, OBS-1). One or two statements, whatever the span. */
export async function overview(db: Database, span: Span, now: Date): Promise<Overview> {
  const { ms, strideMs } = spans[span];
  const from = new Date(Math.floor(plus(now, -ms).getTime() / strideMs) * strideMs);
  const tallies = await talliesSince(db, from, now, strideMs);
  const before = await requestedBetween(db, plus(from, -ms), from, span);
  const by = (what: What, channel?: Channel) =>
    tallies.filter((one) => one.what === what && (!channel || one.channel === channel));
  const count = (what: What, channel?: Channel) => by(what, channel).reduce((sum, one) => sum + one.count, 0);
  const perChannel = <T>(of: (channel?: Channel) => T) => ({ email: of('email'), sms: of('sms'), all: of() });
  const failures = (['recipient', 'account', 'passing', 'other'] as const).map((what) => ({
    what,
    email: count(`failed ${what}`, 'email'),
    sms: count(`failed ${what}`, 'sms'),
  }));
  return {
    from,
    now,
    funnel: perChannel(
      (channel) => Object.fromEntries(funnelSteps.map((step) => [step, count(step, channel)])) as Funnel,
    ),
    requestedBefore: before,
    failedOver: count('failedOver'),
    failures: failures.filter(({ email, sms }) => email + sms > 0),
    handoff: perChannel((channel) => timesOf(by('handoff', channel))),
    typed: perChannel((channel) => timesOf(by('typed', channel))),
    chart: chartOf(by('handoff'), from, now, strideMs),
    wrong: count('wrong'),
    lengthened: count('lengthened'),
    refused: count('refused'),
    decoys: count('decoy'),
  };
}

function chartOf(times: readonly Tallied[], from: Date, now: Date, strideMs: number): ChartPoint[] {
  const points: ChartPoint[] = [];
  for (let at = from; at <= now; at = plus(at, strideMs)) {
    const here = times.filter((one) => one.at.getTime() === at.getTime());
    const [email, sms] = channels.map((channel) =>
      percentile(
        here.filter((one) => one.channel === channel),
        0.95,
      ),
    );
    points.push({ at, email: email ?? null, sms: sms ?? null });
  }
  return points;
}

/** Only of hours that were counted; an hour's own rows are gone too soon to compare with. */
async function requestedBetween(db: Database, from: Date, to: Date, span: Span): Promise<number | null> {
  if (span === 'hour') return null;
  const { _sum } = await db.tally.aggregate({
    where: { hour: { gte: from, lt: to }, what: 'requested' },
    _sum: { count: true },
  });
  return _sum.count;
}
