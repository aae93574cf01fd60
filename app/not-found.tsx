import { ButtonLink } from '@/components/ui/button';
import { StepCard } from '@/components/ui/step-card';

export default function NotFound() {
  return (
    <StepCard title="There is nothing here" sub="The address may have a typing error, or the page has moved.">
      <ButtonLink href="/">To the start</ButtonLink>
    </StepCard>
  );
}
