import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import type { WithSearchParams } from '@/app/search-params';
import { inboxExists, readInbox } from './inbox-message';
import { LiveInbox } from './live-inbox';

/** Where there is no inbox, its name is not said either. */
export async function generateMetadata(): Promise<Metadata> {
  await connection();
  return inboxExists() ? { title: 'Local inbox', robots: { index: false } } : {};
}

/** Shows the mail and the phone of everyone, to whoever reaches it. Works without JavaScript: then by reloading. */
export default async function InboxPage({ searchParams }: WithSearchParams) {
  await connection();
  if (!inboxExists()) notFound();
  const { mail, phone } = await searchParams;
  const messages = await readInbox();
  return (
    <div className="w-full max-w-295 flex-1 self-center">
      <header className="flex flex-wrap items-baseline justify-between gap-3 pb-5">
        <h1>Local inbox</h1>
        <noscript>
          <a className="text-[0.875rem] font-medium text-brass" href="/dev/inbox">
            Look for new messages
          </a>
        </noscript>
        <span className="text-[0.84rem] text-faint">Kept here, and sent to nobody</span>
      </header>
      <LiveInbox
        initial={messages}
        initialNow={Date.now()}
        initialMail={typeof mail === 'string' ? mail : null}
        initialPhone={typeof phone === 'string' ? phone : null}
      />
    </div>
  );
}
