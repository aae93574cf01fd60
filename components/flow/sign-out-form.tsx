'use client';

import { SubmitButton } from '@/components/ui/button';

/** Ends the session here and on the server. */
export function SignOutForm({ action }: { action: () => Promise<void> }) {
  return (
    <form action={action}>
      <SubmitButton look="ghost" pending="Signing out…">
        Sign out
      </SubmitButton>
    </form>
  );
}
