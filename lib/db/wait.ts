import { setTimeout as pause } from 'node:timers/promises';

/** ms between two tries: 250, then twice as long each time, 5 s at most. */
const FIRST_MS = 250;
const LONGEST_MS = 5_000;

type Waiting = {
  /** One try. @returns null where all is well; else why not, for a sentence */
  attempt(): Promise<string | null>;
  patienceMs: number;
  /** Called with each new reason, once. */
  say(reason: string): void;
};

/**
 * Tries until it works, with pauses that grow. Several instances spread: each pause is up to a fifth longer.
 * @returns null where it worked within `patienceMs`; else the last reason
 */
export async function waitFor({ attempt, patienceMs, say }: Waiting): Promise<string | null> {
  const until = performance.now() + patienceMs;
  let told: string | undefined;
  for (let ms = FIRST_MS; ; ms = Math.min(ms * 2, LONGEST_MS)) {
    const reason = await attempt();
    if (reason === null) return null;
    if (reason !== told) say(reason);
    told = reason;
    const left = until - performance.now();
    if (left <= 0) return reason;
    await pause(Math.min(ms * (1 + Math.random() / 5), left));
  }
}
