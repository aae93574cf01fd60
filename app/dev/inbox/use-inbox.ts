'use client';

import { useEffect, useState } from 'react';
import type { InboxMessage } from './inbox-message';

/** Milliseconds between two looks. */
const pause = 1_500;
/** ms; a request that says nothing ends, and the next one is made (TIM-2). */
const GIVE_UP_MS = 5_000;

const ids = (messages: readonly InboxMessage[]): string => messages.map(({ id }) => id).join();

export type Inbox = {
  messages: readonly InboxMessage[] /** Milliseconds since 1970. */;
  now: number;
  reachable: boolean;
};

/**
 * The messages as they arrive. The list changes identity only when it changes, so nothing flickers;
 * a tab out of sight does not ask.
 */
export function useInbox(initial: readonly InboxMessage[], initialNow: number): Inbox {
  const [inbox, setInbox] = useState<Inbox>({ messages: initial, now: initialNow, reachable: true });
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const found = document.hidden ? undefined : await fetchMessages(ended.signal);
      if (ended.signal.aborted) return;
      if (found !== undefined)
        setInbox((before) => {
          const same = found === null || ids(found) === ids(before.messages);
          return { messages: same ? before.messages : found, now: Date.now(), reachable: found !== null };
        });
      timer = setTimeout(look, pause);
    };
    timer = setTimeout(look, pause);
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, []);
  return inbox;
}

/** @returns null where the server did not answer as it should */
async function fetchMessages(signal: AbortSignal): Promise<InboxMessage[] | null> {
  try {
    const response = await fetch('/dev/inbox/messages', {
      signal: AbortSignal.any([signal, AbortSignal.timeout(GIVE_UP_MS)]),
      cache: 'no-store',
    });
    return response.ok ? ((await response.json()) as InboxMessage[]) : null;
  } catch {
    return null;
  }
}
