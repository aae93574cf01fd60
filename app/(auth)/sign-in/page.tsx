import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { WithSearchParams } from '@/app/search-params';
import { SignInForm } from '@/components/flow/sign-in-form';
import { Notice } from '@/components/ui/notice';
import { StepCard } from '@/components/ui/step-card';
import { currentUser } from '@/lib/session/current';
import { returnPath } from '@/lib/session/return-path';
import { readTyped } from '@/lib/session/typed-cookie';
import { signInAction } from './actions';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: WithSearchParams) {
  const { next, note } = await searchParams;
  if (await currentUser()) redirect(returnPath(next));
  return (
    <StepCard title="Sign in">
      {note === 'signed-out' && <Notice tone="good">You are signed out.</Notice>}
      <SignInForm action={signInAction} next={returnPath(next)} email={(await readTyped()).email ?? ''} />
    </StepCard>
  );
}
