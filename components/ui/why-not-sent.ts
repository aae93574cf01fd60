import { unstable_isUnrecognizedActionError as isUnrecognized, unstable_rethrow as rethrow } from 'next/navigation';
import type { NotSentWhy } from '@/lib/form-state';

/**
 * What an action's failure means for its form. An error with a digest is one that this server has logged, and is thrown
 * on to the page of errors, as redirects are to the router.
 */
export function whyNotSent(error: unknown): NotSentWhy {
  rethrow(error);
  if (isUnrecognized(error)) return 'other-build';
  if (error instanceof Error && 'digest' in error) throw error;
  return 'no-connection';
}
