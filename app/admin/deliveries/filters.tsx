import { Choice, filterLook, Kept, Labelled } from '@/components/admin/filter-fields';
import { SubmitButton, TextLink } from '@/components/ui/button';
import {
  type DeliveryFilter,
  deliveryChannels,
  deliveryStatuses,
  failureClasses,
  filterParams,
} from '@/lib/admin/deliveries/filter';
import { pageSizes } from '@/lib/admin/list/query';
import { searchAction } from './actions';
import { channelNames, classNames, statusNames } from './words';

/** Two forms that work without scripts: an address is posted, everything else stands in the address of the page. */
export function Filters({ filter, size }: { filter: DeliveryFilter; size: number }) {
  const { who, person, ...others } = filterParams(filter);
  const sought = { ...(who ? { who } : {}), ...(person ? { person } : {}) };
  return (
    <div className="grid gap-4 rounded-panel border border-line bg-surface p-4.5">
      <form action={searchAction} className="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
        <Kept params={{ ...others, size: String(size) }} />
        <Labelled id="address" label="Exact email address, or number with its country (+1…)">
          <input
            id="address"
            name="address"
            required
            maxLength={254}
            autoComplete="off"
            spellCheck={false}
            className={filterLook}
          />
        </Labelled>
        <SubmitButton pending="Searching…">Search</SubmitButton>
      </form>
      {who ? (
        <p className="text-sm">
          {`Only what went to the one ${filter.who?.channel === 'sms' ? 'number' : 'address'} that was searched for. `}
          <TextLink href={`/admin/deliveries?${new URLSearchParams({ ...others, size: String(size) })}`}>
            Show everybody’s
          </TextLink>
        </p>
      ) : null}
      <form method="get" action="/admin/deliveries" className="grid items-end gap-3 sm:grid-cols-2 xl:grid-cols-4">
        <Kept params={sought} />
        <Choice
          name="status"
          label="Status"
          all="any"
          of={deliveryStatuses.map((one) => [one, statusNames[one]])}
          chosen={filter.status}
        />
        <Choice
          name="channel"
          label="Channel"
          all="both"
          of={deliveryChannels.map((one) => [one, channelNames[one]])}
          chosen={filter.channel}
        />
        <Choice
          name="class"
          label="Kind of error"
          all="any or none"
          of={failureClasses.map((one) => [one, classNames[one]])}
          chosen={filter.errorClass}
        />
        <Choice
          name="size"
          label="On a page"
          all={null}
          of={pageSizes.map((one) => [String(one), String(one)])}
          chosen={String(size)}
        />
        <Labelled id="from" label="From (UTC)">
          <input id="from" name="from" type="datetime-local" defaultValue={others.from} className={filterLook} />
        </Labelled>
        <Labelled id="to" label="Until (UTC)">
          <input id="to" name="to" type="datetime-local" defaultValue={others.to} className={filterLook} />
        </Labelled>
        <SubmitButton look="ghost" pending="Filtering…">
          Filter
        </SubmitButton>
        <p className="self-center text-sm">
          <TextLink href="/admin/deliveries">Show all</TextLink>
        </p>
      </form>
    </div>
  );
}
