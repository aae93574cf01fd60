import type { Metadata } from 'next';
import Link from 'next/link';
import type { WithSearchParams } from '@/app/search-params';
import { clock, duration, moment, percent, whole } from '@/components/admin/figures';
import { Funnel } from '@/components/admin/funnel';
import { Panel, Tile } from '@/components/admin/panel';
import { Refresh } from '@/components/admin/refresh';
import { TimeChart } from '@/components/admin/time-chart';
import { openIncidents } from '@/lib/alerts/incidents';
import { container } from '@/lib/container';
import { type EngineState, engineState } from '@/lib/dispatch/engine-state';
import { funnelSteps, type Overview, overview, type Span, spans } from '@/lib/metrics/overview';
import { adminPage } from '@/lib/session/admin';
import { Incidents } from './incidents';
import { Providers } from './providers';

export const metadata: Metadata = { title: 'Overview' };

const spanNames: Record<Span, string> = { hour: 'Last hour', day: 'Last 24 hours', week: 'Last 7 days' };
const stepNames: Record<(typeof funnelSteps)[number], string> = {
  requested: 'Requested',
  sent: 'Sent',
  accepted: 'Accepted',
  verified: 'Verified',
  reset: 'New password',
};
const failureNames = {
  recipient: 'Recipient out of reach',
  account: 'Our account at the provider',
  passing: 'Passing faults that did not pass',
  other: 'Others',
} as const;

export default adminPage('/admin', async (_admin, { searchParams }: WithSearchParams) => {
  const { span: wanted } = await searchParams;
  const span: Span = wanted === 'hour' || wanted === 'week' ? wanted : 'day';
  const { db, clock: time, transports } = container();
  const [seen, engine, incidents] = await Promise.all([
    overview(db, span, time.now()),
    engineState(db, transports, time.now()),
    openIncidents(db),
  ]);
  return (
    <>
      <header className="mb-5 flex flex-wrap items-center justify-between gap-x-5 gap-y-2">
        <h1>Overview</h1>
        <Refresh key={seen.now.getTime()} />
      </header>
      <Incidents incidents={incidents} />
      <Spans chosen={span} />
      <Tiles seen={seen} engine={engine} />
      <div className="mt-3.5 grid gap-3.5 xl:grid-cols-[1.5fr_1fr]">
        <Panel title="Time to hand-off, 95 of 100">
          <TimeChart
            caption="Time to hand-off, 95th percentile"
            points={seen.chart.map(({ at, email, sms }) => ({
              at: span === 'week' ? moment(at).slice(5, 16) : clock(at),
              email: email && Math.round(email),
              sms: sms && Math.round(sms),
            }))}
          />
        </Panel>
        <Panel title="From request to new password">
          <Funnel steps={funnelSteps.map((step) => ({ name: stepNames[step], count: seen.funnel.all[step] }))} />
          <ByChannel seen={seen} />
        </Panel>
      </div>
      <div className="mt-3.5 grid gap-3.5 xl:grid-cols-2">
        <Panel title="Providers">
          <Providers engine={engine} />
        </Panel>
        <Panel title="What did not arrive">
          {seen.failures.length === 0 ? (
            <p className="text-sm text-muted">Nothing failed for good.</p>
          ) : (
            <table className="w-full text-left text-sm tabular-nums">
              <thead className="text-muted">
                <tr>
                  <th className="py-1 font-normal">Why</th>
                  <th className="font-normal">Email</th>
                  <th className="font-normal">SMS</th>
                </tr>
              </thead>
              <tbody>
                {seen.failures.map(({ what, email, sms }) => (
                  <tr key={what} className="border-line border-t">
                    <th scope="row" className="py-2 font-normal">
                      {failureNames[what]}
                    </th>
                    <td>{whole(email)}</td>
                    <td>{whole(sms)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {seen.decoys > 0 && (
            <p className="mt-3.5 text-[0.8125rem] text-muted">
              {`Besides, ${whole(seen.decoys)} ${seen.decoys === 1 ? 'request was' : 'requests were'} for an address that nobody has, or past a limit: nothing was sent.`}
            </p>
          )}
        </Panel>
      </div>
    </>
  );
});

function Spans({ chosen }: { chosen: Span }) {
  return (
    <nav aria-label="Span of time" className="mb-4 flex flex-wrap gap-1.5">
      {(Object.keys(spans) as Span[]).map((span) => (
        <Link
          key={span}
          href={`/admin?span=${span}`}
          prefetch={false}
          aria-current={span === chosen ? 'true' : undefined}
          className={`flex min-h-11 items-center rounded-field border px-3.5 text-sm ${span === chosen ? 'border-brass bg-brass-soft text-ink' : 'border-line text-muted'}`}
        >
          {spanNames[span]}
        </Link>
      ))}
    </nav>
  );
}

function Tiles({ seen, engine }: { seen: Overview; engine: EngineState }) {
  const { all, email, sms } = seen.funnel;
  const { waiting, oldestSeconds } = engine.outbox;
  const late = (oldestSeconds ?? 0) > 60;
  const change = seen.requestedBefore && (all.requested / seen.requestedBefore - 1) * 100;
  return (
    <dl className="grid gap-3.5 sm:grid-cols-2 xl:grid-cols-4">
      <Tile
        label="People who asked for a code"
        figure={whole(all.requested)}
        note={
          change === null
            ? `email ${whole(email.requested)} · SMS ${whole(sms.requested)}`
            : `${change >= 0 ? '+' : '−'}${Math.abs(change).toFixed(1)} % on the span before`
        }
      />
      <Tile
        label="Accepted or delivered"
        figure={percent(all.accepted, all.requested)}
        note={`${whole(seen.failedOver)} by the other channel`}
        tone={all.requested > 0 && all.accepted / all.requested < 0.9 ? 'bad' : 'good'}
      />
      <Tile
        label="Waiting to be sent"
        figure={whole(waiting)}
        note={waiting === 0 ? 'Everything has left' : `the oldest for ${duration((oldestSeconds ?? 0) * 1_000)}`}
        tone={late ? 'bad' : 'quiet'}
      />
      <Tile
        label="Wrong codes"
        figure={whole(seen.wrong)}
        note={`${whole(seen.lengthened)} codes were longer · ${whole(seen.refused)} refusals`}
        tone={seen.lengthened > 0 ? 'bad' : 'quiet'}
      />
    </dl>
  );
}

function ByChannel({ seen }: { seen: Overview }) {
  const rows = [
    ['Asked for', (channel) => whole(seen.funnel[channel].requested)],
    ['New password', (channel) => percent(seen.funnel[channel].reset, seen.funnel[channel].requested)],
    ['To the provider, half', (channel) => duration(seen.handoff[channel].p50)],
    ['To the provider, 95 %', (channel) => duration(seen.handoff[channel].p95)],
    ['To the right code, half', (channel) => duration(seen.typed[channel].p50)],
    ['To the right code, 95 %', (channel) => duration(seen.typed[channel].p95)],
  ] as const satisfies readonly (readonly [string, (channel: 'email' | 'sms') => string])[];
  return (
    <table className="mt-4.5 w-full text-left text-[0.8125rem] tabular-nums">
      <thead className="text-muted">
        <tr>
          <th className="font-normal">
            <span className="sr-only">Figure</span>
          </th>
          <th className="py-1 font-normal">Email</th>
          <th className="font-normal">SMS</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, of]) => (
          <tr key={name} className="border-line border-t">
            <th scope="row" className="py-1.5 font-normal text-muted">
              {name}
            </th>
            <td>{of('email')}</td>
            <td>{of('sms')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
