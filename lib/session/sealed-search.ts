import 'server-only';
import { z } from 'zod';
import { container } from '@/lib/container';
import { seal, unseal } from './seal';

// What an admin searches for is somebody's address: in a page's address it is sealed, so that no log and no history of
// a browser learns it (AUD-3).

const TTL_SECONDS = 24 * 60 * 60;
const shape = z.strictObject({ search: z.string().max(320) });

/** @returns for a query string */
export const sealSearch = (search: string): Promise<string> =>
  seal(container().keyring, 'search', { search: search.slice(0, 320) }, TTL_SECONDS);

/** @param sealed anything a query string brought @returns null where it was not sealed here, or is a day old */
export async function openSearch(sealed: unknown): Promise<string | null> {
  if (typeof sealed !== 'string' || sealed === '') return null;
  const parsed = shape.safeParse(await unseal(container().keyring, 'search', sealed, TTL_SECONDS));
  return parsed.success ? parsed.data.search : null;
}
