/** The key, drawn: decoration only. */
function KeyMark({ className = 'size-6.5' }: { className?: string }) {
  return (
    <svg
      className={`${className} text-brass`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <circle cx="8" cy="8" r="4.6" />
      <path d="M11.4 11.4 20 20m-3.4-3.4 2.2-2.2M13.9 13.9l1.6-1.6" />
    </svg>
  );
}

/** The mark and the service's name. */
export function Brand({ name }: { name: string }) {
  return (
    <span className="inline-flex items-center gap-2.5 font-semibold tracking-tight">
      <KeyMark />
      {name}
    </span>
  );
}
