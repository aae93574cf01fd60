import { moment, percent, whole } from '@/components/admin/figures';
import { Tag } from '@/components/admin/tag';
import type { EngineState, ProviderState } from '@/lib/dispatch/engine-state';
import { transportName } from './transport-name';

/** Each provider in a line: whether it works, what it said last, what is left of its day. */
export function Providers({ engine }: { engine: EngineState }) {
  return (
    <ul className="grid gap-3 text-sm">
      {engine.providers.map((provider) => (
        <li key={provider.name} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <span>{transportName(provider.name)}</span>
          <Tag tone={provider.openUntil ? 'bad' : 'good'}>{provider.openUntil ? 'stopped for now' : 'working'}</Tag>
          <span className="w-full text-[0.8125rem] text-muted">{says(provider)}</span>
        </li>
      ))}
      {engine.sms?.map(({ country, spentMicros, stoppedBy }) => (
        <li key={country} className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span>{country === '*' ? 'SMS, all countries' : `SMS to ${country}`}</span>
          {stoppedBy ? (
            <Tag tone="bad">{stoppedBy === 'operator' ? 'stopped by hand' : 'stopped: codes unused'}</Tag>
          ) : null}
          <span className="text-[0.8125rem] text-muted tabular-nums">{`${(spentMicros / 1_000_000).toFixed(2)} spent today`}</span>
        </li>
      ))}
    </ul>
  );
}

function says({ openUntil, lastError, lastErrorAt, quota }: ProviderState): string {
  const parts = [
    ...(quota
      ? [`${whole(quota.used)} of ${whole(quota.perDay)} messages of the day (${percent(quota.used, quota.perDay)})`]
      : []),
    ...(openUntil ? [`tried again at ${moment(openUntil).slice(11)} UTC`] : []),
    ...(lastError && lastErrorAt ? [`last error ${lastError}, ${moment(lastErrorAt)} UTC`] : []),
  ];
  return parts.length > 0 ? parts.join(' · ') : 'No error so far.';
}
