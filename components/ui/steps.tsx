const all = [1, 2, 3, 4] as const;

/** How far along the flow this page is. */
export function Steps({ at }: { at: (typeof all)[number] }) {
  return (
    <div className="mb-6.5">
      <p className="sr-only">{`Step ${at} of 4`}</p>
      <div className="flex gap-1.5" aria-hidden="true">
        {all.map((step) => (
          <span key={step} className={`h-[3px] flex-1 rounded-full ${step <= at ? 'bg-brass' : 'bg-line'}`} />
        ))}
      </div>
    </div>
  );
}
