import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignOutForm } from '@/components/flow/sign-out-form';
import { StepCard } from '@/components/ui/step-card';
import { currentUser } from '@/lib/session/current';
import { signOutAction } from '../(auth)/sign-in/actions';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage() {
  const person = await currentUser();
  if (!person) redirect('/sign-in?next=/account');
  const since = person.since.toISOString();
  return (
    <StepCard title={`Hello, ${person.name}`} sub="You are signed in.">
      <dl className="mb-6 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-[0.9375rem]">
        <dt className="text-muted">Email</dt>
        <dd className="min-w-0 break-words">{person.email}</dd>
        <dt className="text-muted">Signed in</dt>
        <dd>
          <time dateTime={since}>{`${since.slice(0, 10)}, ${since.slice(11, 16)} UTC`}</time>
        </dd>
        {person.role === 'admin' && (
          <>
            <dt className="text-muted">Role</dt>
            <dd>Administrator</dd>
          </>
        )}
      </dl>
      <SignOutForm action={signOutAction} />
    </StepCard>
  );
}
