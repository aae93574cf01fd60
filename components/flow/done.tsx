import { ButtonLink } from '@/components/ui/button';

/** The end of the flow. @param seconds from the address to the new password, measured on the server */
export function Done({ seconds }: { seconds: number }) {
  const took =
    seconds > 0 && seconds < 600
      ? `Done in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, start to finish.`
      : 'All done.';
  return (
    <>
      <p className="mb-6 text-muted">
        You have been signed out everywhere. We are telling your verified email and phone.
      </p>
      <div className="mb-4.5 flex gap-3 rounded-panel bg-good-soft px-4 py-3 text-sm">
        <svg
          className="size-5 flex-none text-good"
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          aria-hidden="true"
        >
          <path d="m5 12.5 4.5 4.5L19 7.5" />
        </svg>
        {took}
      </div>
      <ButtonLink href="/sign-in">Sign in</ButtonLink>
    </>
  );
}
