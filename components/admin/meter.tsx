const fills = { good: 'fill-good', brass: 'fill-brass', bad: 'fill-bad' } as const;

/**
 * How much of something is used up, to be read at a glance. The figures stand beside it as text: it is decoration.
 * @param marks places on the way that mean something
 */
export function Meter({
  value,
  most,
  marks = [],
  tone = 'brass',
}: {
  value: number;
  most: number;
  marks?: readonly number[];
  tone?: keyof typeof fills;
}) {
  const part = (count: number) => (most > 0 ? Math.min(100, Math.max(0, (count / most) * 100)) : 100);
  return (
    <svg className="h-3 w-full rounded-full" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width="100" height="10" className="fill-raised" />
      <rect width={value > 0 ? Math.max(0.6, part(value)) : 0} height="10" className={fills[tone]} />
      {marks.map((mark) => (
        <rect key={mark} x={Math.min(99.5, part(mark))} width="0.5" height="10" className="fill-muted" />
      ))}
    </svg>
  );
}
