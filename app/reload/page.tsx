import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { ButtonLink } from '@/components/ui/button';
import { StepCard } from '@/components/ui/step-card';
import { returnPath } from '@/lib/session/return-path';

export const metadata: Metadata = { title: 'This site was updated' };

/** Where a form of another build leads without scripts (UPG-2): one sentence, and the step as it is now. */
export default async function ReloadPage({ searchParams }: WithSearchParams) {
  const { to } = await searchParams;
  return (
    <StepCard title="This site was updated" sub="Your form was from before the update, so nothing was sent.">
      <ButtonLink href={returnPath(to, '/')}>Open this step again</ButtonLink>
    </StepCard>
  );
}
