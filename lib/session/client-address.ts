import 'server-only';
import { headers } from 'next/headers';
import { container } from '@/lib/container';
import { clientAddressOf } from '@/lib/limits/client-address';

/**
 * The key by which limits count the client of this request (RL-3), for pages, server actions and route handlers,
 * next-auth's own included.
 */
export const clientAddress = async (): Promise<string> =>
  clientAddressOf(await headers(), container().env.TRUSTED_PROXIES);
