import type { Metadata } from 'next';
import { Done } from '@/components/flow/done';
import { StepCard } from '@/components/ui/step-card';
import { flowAt } from '../form-flow';

export const metadata: Metadata = { title: 'Your password is changed' };

export default async function DonePage() {
  const flow = await flowAt('/forgot-password/done');
  const seconds = flow.doneAt === null ? 0 : Math.round((flow.doneAt - flow.startedAt) / 1000);
  return (
    <StepCard step={4} title="Your password is changed">
      <Done seconds={seconds} />
    </StepCard>
  );
}
