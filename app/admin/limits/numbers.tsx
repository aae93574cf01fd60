import { SubmitButton } from '@/components/ui/button';
import { inputLook } from '@/components/ui/field';
import type { LimitNow } from '@/lib/admin/limits/set-limit';
import { setLimitAction } from './actions';
import { limitName, pastWords, within } from './words';

/** Every limit with its number, which can be set to another within bounds. */
export function Numbers({ limits }: { limits: readonly LimitNow[] }) {
  return (
    <ul className="text-sm">
      {limits.map((limit) => (
        <li
          key={limit.name}
          className="grid items-center gap-x-6 gap-y-1 border-line border-t py-2.5 first:border-t-0 md:grid-cols-[1fr_auto]"
        >
          <div className="min-w-0">
            <p className="first-letter:uppercase">{limitName(limit)}</p>
            <p className="text-[0.8125rem] text-muted">
              {`At most ${limit.set ?? limit.standard} within ${within(limit.windowMs)}; past it: ${pastWords(limit)}.`}
              {limit.set !== null && ` The standard is ${limit.standard}.`}
            </p>
          </div>
          {limit.bounds ? <Change limit={limit} bounds={limit.bounds} /> : <p className="text-faint">fixed</p>}
        </li>
      ))}
    </ul>
  );
}

function Change({
  limit: { name, set, standard, version },
  bounds: [least, most],
}: {
  limit: LimitNow;
  bounds: readonly [number, number];
}) {
  return (
    <form action={setLimitAction} className="flex flex-wrap items-center gap-2.5">
      <input type="hidden" name="policy" value={name} />
      <input type="hidden" name="version" value={version} />
      <label htmlFor={`most-${name}`} className="text-[0.8125rem] text-muted">
        {`${least} to ${most}`}
      </label>
      <input
        id={`most-${name}`}
        name="most"
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        defaultValue={set ?? standard}
        aria-label={`${name}: ${least} to ${most}`}
        className={`${inputLook} max-w-20 border-line-strong text-right tabular-nums`}
      />
      <div className="w-20">
        <SubmitButton look="ghost" pending="…">
          Set
        </SubmitButton>
      </div>
      {set !== null && (
        <button
          type="submit"
          name="standard"
          value="1"
          className="min-h-11 text-sm font-medium text-brass underline underline-offset-4"
        >
          {`Back to ${standard}`}
        </button>
      )}
    </form>
  );
}
