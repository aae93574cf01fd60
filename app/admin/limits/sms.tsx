import { moment } from '@/components/admin/figures';
import { Meter } from '@/components/admin/meter';
import { Tag } from '@/components/admin/tag';
import { SubmitButton } from '@/components/ui/button';
import type { SmsPlace } from '@/lib/admin/limits/sms-accounts';
import { startSmsAction, stopSmsAction } from './actions';

const money = (micros: number): string => {
  const [whole = '', decimals = ''] = (micros / 1_000_000).toFixed(4).split('.');
  return `${whole}.${decimals.replace(/0{1,2}$/, '')}`;
};

const countries = new Intl.DisplayNames(['en'], { type: 'region' });
const placeName = (country: string): string => {
  if (country === '*') return 'All countries together';
  return country === 'ZZ' ? 'Numbers of no country' : (countries.of(country) ?? country);
};

function said({
  spentMicros,
  budgetMicros,
  priceMicros,
  allowed,
  stoppedAt,
  stoppedUntil,
  stoppedBy,
}: SmsPlace): string {
  const parts = [
    budgetMicros === null
      ? `${money(spentMicros)} spent today`
      : `${money(spentMicros)} of ${money(budgetMicros)} spent today`,
    ...(priceMicros === null ? [] : [`${money(priceMicros)} each`]),
    ...(allowed ? [] : ['not in SMS_COUNTRIES: nothing is sent there']),
    ...(stoppedBy && stoppedAt ? [`stopped since ${moment(stoppedAt)} UTC`] : []),
    ...(stoppedBy && stoppedUntil
      ? [`by itself until ${moment(stoppedUntil)} UTC, because hardly a code was used`]
      : []),
  ];
  return parts.join(' · ');
}

/** What SMS cost today, by country, with the switch for each and for all. */
export function Sms({ places }: { places: readonly SmsPlace[] }) {
  return (
    <ul className="text-sm">
      {places.map((place) => (
        <li key={place.country} className="grid gap-1.5 border-line border-t py-2.5 first:border-t-0">
          <div className="flex flex-wrap items-center justify-between gap-x-4">
            <p className="font-medium">{placeName(place.country)}</p>
            <Switch place={place} />
          </div>
          {place.budgetMicros !== null && (
            <Meter
              value={place.spentMicros}
              most={place.budgetMicros}
              tone={place.spentMicros >= place.budgetMicros * 0.8 ? 'bad' : 'brass'}
            />
          )}
          <p className="text-[0.8125rem] text-muted tabular-nums">{said(place)}</p>
        </li>
      ))}
    </ul>
  );
}

function Switch({ place: { country, stoppedBy } }: { place: SmsPlace }) {
  return (
    <form action={stoppedBy ? startSmsAction : stopSmsAction} className="flex items-center gap-3">
      <input type="hidden" name="country" value={country} />
      {stoppedBy && <Tag tone="bad">{stoppedBy === 'operator' ? 'stopped by hand' : 'stopped: codes unused'}</Tag>}
      <SubmitButton look="text" pending="…">
        {`${stoppedBy ? 'Let SMS leave again' : 'Stop SMS'}${country === '*' ? '' : ` to ${country}`}`}
      </SubmitButton>
    </form>
  );
}
