import { type DeliveryStep, type Point, pointsOf, tookWords } from './flow-status';

const looks: Record<Point['look'], { text: string; dot: string }> = {
  done: { text: 'text-ink', dot: 'border-good bg-good' },
  now: { text: 'text-ink', dot: 'border-wait ring-4 ring-wait/20 motion-safe:animate-pulse' },
  wait: { text: 'text-muted', dot: 'border-faint' },
  bad: { text: 'text-ink', dot: 'border-bad bg-bad' },
};

const line = 'sm:flex-1 sm:before:h-px sm:before:min-w-2 sm:before:flex-1 sm:before:bg-line-strong';

/** The way of the code in three points: below each other on a phone, in a row where there is room. */
export function DeliveryLine({ steps }: { steps: readonly DeliveryStep[] }) {
  return (
    <ol aria-label="The way of your code" className="mb-2 flex flex-col gap-1 sm:min-h-10.5 sm:flex-row sm:gap-1.5">
      {pointsOf(steps).map((point, place) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: there are three places, and what stands in them changes
          key={place}
          className={`flex items-center gap-2 sm:gap-1.5 ${place > 0 ? line : ''} ${looks[point.look].text}`}
        >
          <i aria-hidden="true" className={`size-2.25 flex-none rounded-full border-2 ${looks[point.look].dot}`} />
          <span>
            {point.label}
            {point.ms !== null && (
              <>
                {' '}
                <span className="whitespace-nowrap text-faint tabular-nums">{tookWords(point.ms)}</span>
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
