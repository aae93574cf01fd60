import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { MethodForm } from '@/components/flow/method-form';
import { Notice } from '@/components/ui/notice';
import { StepCard } from '@/components/ui/step-card';
import { container } from '@/lib/container';
import { readTyped } from '@/lib/session/typed-cookie';
import { requestAction } from '../actions';
import { flowAt } from '../form-flow';
import { noteOf } from '../notes';

export const metadata: Metadata = { title: 'How should the code reach you?' };

export default async function MethodPage({ searchParams }: WithSearchParams) {
  const flow = await flowAt('/forgot-password/method');
  const note = await noteOf(searchParams);
  return (
    <StepCard step={2} title="How should the code reach you?">
      {note && <Notice tone="info">{note}</Notice>}
      <MethodForm
        action={requestAction}
        flow={flow.tag}
        email={flow.email}
        offered={container().offered}
        chosen={(await readTyped()).channel}
      />
    </StepCard>
  );
}
