import type { FlowStatus } from './flow-status';

const path = '/api/forgot-password/status';
const FIRST_MS = 1_000;
const GIVE_UP_MS = 8_000;
const MOST_MS = 30_000;
/** What is sent is answered within this time, mostly by a page that asks anew or not at all. */
const SENDING_MS = 3_000;

type Answer =
  | { kind: 'status'; status: FlowStatus; pollInMs: number }
  /** `waitMs` where the server said how long. */
  | { kind: 'trouble'; waitMs: number | null }
  | { kind: 'no-flow' };

type Options = {
  /** Until the code expires. */
  forMs: number;
  onStatus: (status: FlowStatus) => void;
};

/**
 * Asks how the code is doing, at the server's pace, until it expires or the flow has ended. After an error it waits
 * longer each time, with jitter, so that pages which failed together do not come back together. A page out of sight
 * does not ask; back in sight it asks at once. Nor does it while a form is under way, which may end the flow: a question
 * that crosses the right code would be answered 401, and the browser would write that down as an error.
 * @returns a function that stops it
 */
export function startPolling({ forMs, onStatus }: Options): () => void {
  const ends = performance.now() + forMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  let failures = 0;
  let over = false;

  const later = (ms: number): void => {
    clearTimeout(timer);
    if (!over && !document.hidden && performance.now() + ms < ends) timer = setTimeout(ask, ms);
  };

  async function ask(): Promise<void> {
    const mine = new AbortController();
    asking = mine;
    const answer = await fetchStatus(mine);
    // The page was hidden or left meanwhile: whoever resumes asks anew.
    if (over || asking !== mine) return;
    switch (answer.kind) {
      case 'status':
        failures = 0;
        onStatus(answer.status);
        return later(answer.pollInMs);
      case 'trouble':
        failures += 1;
        return later(Math.max(answer.waitMs ?? 0, backOff(failures)));
      case 'no-flow':
        return stop();
    }
  }

  function resumeIn(ms: number): void {
    clearTimeout(timer);
    asking?.abort();
    asking = undefined;
    later(ms);
  }
  const onVisibility = (): void => resumeIn(0);
  const onSubmit = (): void => resumeIn(SENDING_MS);

  function stop(): void {
    over = true;
    clearTimeout(timer);
    asking?.abort();
    document.removeEventListener('visibilitychange', onVisibility);
    document.removeEventListener('submit', onSubmit);
  }

  document.addEventListener('visibilitychange', onVisibility);
  document.addEventListener('submit', onSubmit);
  later(FIRST_MS);
  return stop;
}

/** 1 to 2 s, 2 to 4 s, and so on, at most 30 s. */
const backOff = (failures: number): number =>
  Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10) * (1 + Math.random()));

async function fetchStatus(controller: AbortController): Promise<Answer> {
  const late = setTimeout(() => controller.abort(), GIVE_UP_MS);
  try {
    const response = await fetch(path, { signal: controller.signal, cache: 'no-store' });
    if (response.status === 401) return { kind: 'no-flow' };
    if (!response.ok) return { kind: 'trouble', waitMs: secondsOf(response.headers.get('Retry-After')) };
    const { pollInMs, ...status }: FlowStatus & { pollInMs: number } = await response.json();
    return typeof status.health?.words === 'string' && pollInMs >= 500
      ? { kind: 'status', status, pollInMs }
      : { kind: 'trouble', waitMs: null };
  } catch {
    return { kind: 'trouble', waitMs: null };
  } finally {
    clearTimeout(late);
  }
}

const secondsOf = (header: string | null): number | null =>
  header && Number(header) > 0 ? Number(header) * 1000 : null;
