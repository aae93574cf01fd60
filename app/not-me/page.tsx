import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { NotMe } from '@/components/flow/not-me';
import { container } from '@/lib/container';
import { readNotMe } from '@/lib/reset/not-me';
import { notMeAction } from './actions';
import { isDone } from './done';

// The token stands in this page's address: no other site may be told it.
export const metadata: Metadata = { title: 'Was this you?', referrer: 'same-origin' };

/** The page of a notice's link. Coming here changes nothing: mail scanners follow links, people press (FLO-6). */
export default async function NotMePage({ searchParams }: WithSearchParams) {
  const { token, done } = await searchParams;
  const { appName } = container();
  const shows = isDone(done) ? done : (await readNotMe(container(), token)).status;
  return <NotMe shows={shows} action={notMeAction} token={typeof token === 'string' ? token : ''} appName={appName} />;
}
