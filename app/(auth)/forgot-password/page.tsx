import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { RequestForm } from '@/components/flow/request-form';
import { Notice } from '@/components/ui/notice';
import { StepCard } from '@/components/ui/step-card';
import { readFlow } from '@/lib/session/flow-cookie';
import { readTyped } from '@/lib/session/typed-cookie';
import { startAction } from './actions';
import { noteOf } from './notes';

export const metadata: Metadata = { title: 'Forgot your password?' };

export default async function ForgotPasswordPage({ searchParams }: WithSearchParams) {
  const note = await noteOf(searchParams);
  const flow = await readFlow();
  const email = (await readTyped()).email ?? (flow && flow.doneAt === null ? flow.email : '');
  return (
    <StepCard
      step={1}
      title="Forgot your password?"
      sub="Tell us the email you sign in with. We will send you a code to set a new one."
    >
      {note && <Notice tone="info">{note}</Notice>}
      <RequestForm action={startAction} email={email} />
    </StepCard>
  );
}
