import { ButtonLink } from '@/components/ui/button';
import { StepCard } from '@/components/ui/step-card';

export default function LandingPage() {
  return (
    <StepCard
      title="Locked out? You are a minute away."
      sub="Tell us your email, type the code that we send by email or text message, and choose a new password."
    >
      <div className="grid gap-3">
        <ButtonLink href="/forgot-password">Forgot your password?</ButtonLink>
        <ButtonLink href="/sign-in" look="ghost">
          Sign in
        </ButtonLink>
      </div>
    </StepCard>
  );
}
