import 'server-only';
import { headers } from 'next/headers';
import { container } from '@/lib/container';
import { onServerless } from '@/lib/env/env';
import { clientAddressOf } from '@/lib/limits/client-address';
import { PEER_HEADER, peerOf } from '@/lib/limits/peer';

/**
 * The key by which limits count the client of this request (RL-3), for pages, server actions and route handlers,
 * next-auth's own included.
 */
export async function clientAddress(): Promise<string> {
  const sent = await headers();
  // A request that came before start-up could look at its socket: whatever it says of itself is the client's own word.
  const seen = peerOf(sent.get(PEER_HEADER)) !== undefined || onServerless();
  return clientAddressOf(sent, seen ? container().env.TRUSTED_PROXIES : 0);
}
