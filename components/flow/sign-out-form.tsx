'use client';

import { SubmitButton } from '@/components/ui/button';
import { PlainForm } from '@/components/ui/plain-form';

/** Ends the session here and on the server. */
export function SignOutForm({ action }: { action: () => Promise<void> }) {
  return (
    <PlainForm action={action}>
      <SubmitButton look="ghost" pending="Signing out…">
        Sign out
      </SubmitButton>
    </PlainForm>
  );
}
