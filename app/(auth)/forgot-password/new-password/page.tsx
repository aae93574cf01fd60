import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { NewPasswordForm } from '@/components/flow/new-password-form';
import { Notice } from '@/components/ui/notice';
import { StepCard } from '@/components/ui/step-card';
import { container } from '@/lib/container';
import { holdsGrant } from '@/lib/reset/set-password';
import { setPasswordAction } from '../actions';
import { detour, flowAt } from '../form-flow';
import { noteOf } from '../notes';

export const metadata: Metadata = { title: 'Choose a new password' };

export default async function NewPasswordPage({ searchParams }: WithSearchParams) {
  const flow = await flowAt('/forgot-password/new-password');
  if (!(await holdsGrant(container(), flow))) return detour('/forgot-password', 'start-again');
  const note = await noteOf(searchParams);
  const { minPasswordLength } = container();
  return (
    <StepCard
      step={4}
      title="Choose a new password"
      sub={`At least ${minPasswordLength} characters. A few unrelated words are easy to remember and hard to guess.`}
    >
      {note && <Notice tone="info">{note}</Notice>}
      <NewPasswordForm action={setPasswordAction} flow={flow.tag} email={flow.email} />
    </StepCard>
  );
}
