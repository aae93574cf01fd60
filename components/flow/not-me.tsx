import type { ReactNode } from 'react';
import { ButtonLink, SubmitButton, TextLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PlainForm } from '@/components/ui/plain-form';
import { StepCard } from '@/components/ui/step-card';

type Props = {
  /** What the link can do, or what it has done. */
  shows: 'close' | 'dispute' | 'dead' | 'cancelled' | 'too-late' | 'operator-told' | 'ask-operator';
  action: (form: FormData) => Promise<void>;
  token: string;
  appName: string;
};

/** The page of a notice's link: it says what one press does, and what it has done. No address is shown (ENU-5). */
export function NotMe({ shows, action, token, appName }: Props) {
  switch (shows) {
    case 'close':
      return (
        <StepCard title="Cancel this code?" sub={`Somebody asked for a code to set a new password at ${appName}.`}>
          <Points>
            <li>The code stops working at once.</li>
            <li>Your password stays as it is, and you stay signed in.</li>
          </Points>
          <Press action={action} token={token} pending="Cancelling…" label="Cancel this code" />
          <Otherwise>If you asked for it yourself, close this page: nothing has happened.</Otherwise>
        </StepCard>
      );
    case 'dispute':
      return (
        <StepCard
          title="Did somebody else change your password?"
          sub={`One press stops the new password of your ${appName} account.`}
        >
          <Points>
            <li>Nobody gets in with the new password any more.</li>
            <li>Everyone is signed out, on every device.</li>
            <li>We send you a code another way than the one that was used, to set a password of your own.</li>
          </Points>
          <Press action={action} token={token} pending="Stopping it…" label="This wasn’t me: stop it" />
          <Otherwise>If you changed it yourself, close this page: nothing has happened.</Otherwise>
        </StepCard>
      );
    case 'dead':
      return (
        <StepCard
          title="This link does not work any more"
          sub="It was used already, or it is older than 7 days, or the password was changed again since. Nothing has changed now."
        >
          <ButtonLink href="/forgot-password">Set a new password</ButtonLink>
          <Otherwise>{`If that does not help, ask whoever runs ${appName}.`}</Otherwise>
        </StepCard>
      );
    case 'cancelled':
      return (
        <StepCard title="The code is cancelled">
          <Notice tone="good">Nobody can use it any more. Your password is what it was.</Notice>
          <p className="text-muted">
            There is nothing else to do. You can close this page, or <TextLink href="/sign-in">sign in</TextLink>.
          </p>
        </StepCard>
      );
    case 'too-late':
      return (
        <StepCard title="That code was used before you came">
          <Notice tone="bad">A new password was set with it, so there is no code left to cancel.</Notice>
          <p className="text-muted">
            {`If it was not you: look for our mail “Your ${appName} password was changed”, and press “This wasn’t me” there. It stops that password.`}
          </p>
        </StepCard>
      );
    case 'operator-told':
    case 'ask-operator':
      return (
        <StepCard title="That password is stopped">
          <Notice tone="good">Nobody gets in with it any more, and everyone was signed out.</Notice>
          <p className="text-muted">
            A code could not reach you safely: every way we have was used for the change. So a person must help.{' '}
            {shows === 'operator-told'
              ? `We are telling the people who run ${appName}; get in touch with them too, as you usually would.`
              : `Ask whoever runs ${appName}, as you usually would: from here nobody could be told.`}
          </p>
        </StepCard>
      );
  }
}

const Points = ({ children }: { children: ReactNode }) => (
  <ul className="mb-6 list-disc space-y-1.5 pl-5 text-[0.9375rem] marker:text-faint">{children}</ul>
);

const Otherwise = ({ children }: { children: ReactNode }) => (
  <p className="mt-4.5 text-center text-sm text-faint">{children}</p>
);

type PressProps = { action: Props['action']; token: string; label: string; pending: string };

const Press = ({ action, token, label, pending }: PressProps) => (
  <PlainForm action={action}>
    <input type="hidden" name="token" value={token} />
    <SubmitButton pending={pending}>{label}</SubmitButton>
  </PlainForm>
);
