import type { SearchParams } from '@/app/search-params';
import { otherTab } from './sentences';

const notes: Record<string, string> = {
  'start-again': 'That step needs a fresh start. Type your email address, it takes a moment.',
  'other-tab': otherTab,
  continue: 'You were here already: this is where you left off.',
};

/** The sentence for a page that was come to by a detour; only known words become sentences. */
export async function noteOf(searchParams: SearchParams): Promise<string | undefined> {
  const { note } = await searchParams;
  return typeof note === 'string' && Object.hasOwn(notes, note) ? notes[note] : undefined;
}
