import type { SearchParams } from '@/app/search-params';
import { takesCookies } from '@/lib/session/cookies';
import { cookiesNeeded, otherTab } from './sentences';

const notes: Record<string, string> = {
  'start-again': 'That step needs a fresh start. Type your email address, it takes a moment.',
  'other-tab': otherTab,
  continue: 'You were here already: this is where you left off.',
};

/** The sentence for a page that was come to by a detour; only known words become sentences. */
export async function noteOf(searchParams: SearchParams): Promise<string | undefined> {
  const { note } = await searchParams;
  // Our own page set a cookie before it redirected here. No cookie now means that the browser sends none.
  if (note === 'start-again' && !(await takesCookies())) return cookiesNeeded;
  return typeof note === 'string' && Object.hasOwn(notes, note) ? notes[note] : undefined;
}
