/** What stands in the mail's place on a fresh machine. */
export function NoMail() {
  return (
    <section
      aria-label="Mail"
      className="grid min-h-[300px] place-content-center justify-items-center gap-3 rounded-panel border border-dashed border-line-strong p-8 text-center"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        className="size-8 text-brass"
      >
        <rect x="3" y="5" width="18" height="14" rx="2.5" />
        <path d="m4 7 8 6 8-6" />
      </svg>
      <h2 className="font-semibold">No mail yet</h2>
      <p className="max-w-[34ch] text-[0.875rem] text-muted">
        Ask for a code and it arrives here at once, just as people will see it.
      </p>
      <a href="/forgot-password" className="text-[0.875rem] font-medium text-brass">
        Ask for a code
      </a>
    </section>
  );
}
