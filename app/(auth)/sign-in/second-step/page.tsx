import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { EnrolmentWordForm } from '@/components/flow/enrolment-word-form';
import { SecondStepForm } from '@/components/flow/second-step-form';
import { SubmitButton, TextLink } from '@/components/ui/button';
import { PlainForm } from '@/components/ui/plain-form';
import { QrCode } from '@/components/ui/qr-code';
import { StepCard } from '@/components/ui/step-card';
import { container } from '@/lib/container';
import { secondStepKind } from '@/lib/second-factor/check';
import { enrolmentUri } from '@/lib/second-factor/enrol';
import type { Pending } from '@/lib/second-factor/pending';
import { secondStepDeps } from '@/lib/session/second-step';
import { enrolAction, enrolmentWordAction, keptAction, secondStepAction, sendCodeAction } from './actions';
import { whoseSecondStep } from './whose';

export const metadata: Metadata = { title: 'Second step' };

export default async function SecondStepPage({ searchParams }: WithSearchParams) {
  const { pending, sessionId } = await whoseSecondStep((await searchParams).next);
  if (pending.recoveryCodes) return <Kept codes={pending.recoveryCodes} />;
  if (pending.enrolling) return <Enrol userId={pending.userId} secret={pending.enrolling.secret} />;
  const kind = await secondStepKind(await secondStepDeps(), pending.userId);
  const title = sessionId ? 'Is it still you?' : 'Second step';
  switch (kind) {
    case 'app':
      return (
        <StepCard
          title={title}
          sub={sessionId ? 'This needs a fresh code.' : 'Your password was right. One thing more.'}
        >
          <SecondStepForm
            action={secondStepAction}
            label="Code from your authenticator app"
            hint="Six digits. Without your phone, type one of your recovery codes."
            button={sessionId ? 'Continue' : 'Sign in'}
            next={pending.next}
          />
        </StepCard>
      );
    case 'inbox':
      return <ByInbox pending={pending} title={title} button={sessionId ? 'Continue' : 'Sign in'} />;
    case 'word':
      return (
        <StepCard
          title="Set up your second step"
          sub="Administrators sign in with an authenticator app as well. Type the word that was printed when your account became one."
        >
          <EnrolmentWordForm action={enrolmentWordAction} />
          <p className="mt-4.5 text-sm text-muted">
            {'No word? Whoever runs this server makes one: '}
            <code className="font-mono text-[0.8125rem]">npm run user -- second-factor-reset --email …</code>
          </p>
        </StepCard>
      );
  }
}

/** The demonstration's second step. */
function ByInbox({ pending, title, button }: { pending: Pending; title: string; button: string }) {
  const sent = pending.challengeId !== '';
  return (
    <StepCard
      title={title}
      sub={
        sent ? (
          <>
            {'A code lies in the '}
            <TextLink href="/dev/inbox">local inbox</TextLink>
            {'. It stands in for an authenticator app, in a demonstration only.'}
          </>
        ) : (
          'This needs a fresh code, which goes to the local inbox.'
        )
      }
    >
      {sent && <SecondStepForm action={secondStepAction} label="Code from the message" button={button} />}
      <PlainForm action={sendCodeAction} className={sent ? 'mt-3' : ''}>
        <input type="hidden" name="next" value={pending.next} />
        <SubmitButton look={sent ? 'text' : 'solid'} pending="Sending…">
          {sent ? 'Send another code' : 'Send a code'}
        </SubmitButton>
      </PlainForm>
    </StepCard>
  );
}

async function Enrol({ userId, secret }: { userId: string; secret: string }) {
  const deps = await secondStepDeps();
  const { email } = await container().db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  return (
    <StepCard
      title="Add this to your app"
      sub="Scan it with an authenticator app, then type the code that the app shows."
    >
      <QrCode text={enrolmentUri(deps, secret, email)} label="QR code for your authenticator app" />
      <p className="mb-5 text-sm text-muted">
        {'No camera? Type this key into the app: '}
        <code className="select-all break-all font-mono text-[0.8125rem] text-ink">
          {secret.match(/.{1,4}/g)?.join(' ')}
        </code>
      </p>
      <SecondStepForm action={enrolAction} label="Code from your authenticator app" button="Continue" />
    </StepCard>
  );
}

function Kept({ codes }: { codes: readonly string[] }) {
  return (
    <StepCard
      title="Keep your recovery codes"
      sub="Each of them replaces your app once, should you lose it. They are shown this once: print them, or keep them in your password manager."
    >
      <ul className="mb-6 grid select-all grid-cols-1 gap-1.5 rounded-panel bg-raised p-4 text-center font-mono text-[0.875rem] sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <PlainForm action={keptAction}>
        <SubmitButton pending="Signing in…">I have kept them</SubmitButton>
      </PlainForm>
    </StepCard>
  );
}
