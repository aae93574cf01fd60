import 'server-only';
import { container } from '@/lib/container';
import { openTyped, TYPED_COOKIE, type Typed } from '@/lib/web/typed';
import { readCookie } from './cookies';

/** What was typed into a form that another build had made, for the step that is loaded anew (UX-4). */
export async function readTyped(): Promise<Typed> {
  const { keyring, clock } = container();
  return openTyped(keyring, await readCookie(TYPED_COOKIE), clock.now());
}
