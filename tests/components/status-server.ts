import type { FlowStatus } from '@/components/flow/flow-status';

/** What the server says from now on. */
export type Reply = { code: number; body?: object; retryAfter?: number } | 'dead' | 'silent';

export type Asked = {
  reply(next: Reply): void;
  /** When it was asked, ms since it began. */
  times(): number[];
  /** How many requests the page gave up. */
  aborted(): number;
  end(): void;
};

export const unknown: FlowStatus = { health: { state: 'unknown', words: 'Give the message a minute to arrive.' } };
export const status = (of: FlowStatus) => ({ ...of, pollInMs: 1_000 });
export const answers = (body: object): Reply => ({ code: 200, body });

/** Stands where the network begins: jsdom has none. Times are those of Jest's fake clock. */
export function serverThat(first: Reply): Asked {
  const before = globalThis.fetch;
  const started = Date.now();
  const times: number[] = [];
  let now = first;
  let aborted = 0;
  globalThis.fetch = ((_path: string, { signal }: { signal: AbortSignal }) => {
    times.push(Date.now() - started);
    const said = now;
    if (said === 'dead') return Promise.reject(new TypeError('Failed to fetch'));
    if (said === 'silent')
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted += 1;
          reject(new DOMException('given up', 'AbortError'));
        });
      });
    return Promise.resolve({
      status: said.code,
      ok: said.code === 200,
      headers: new Headers(said.retryAfter ? { 'Retry-After': String(said.retryAfter) } : {}),
      json: async () => structuredCloneOf(said.body),
    });
  }) as unknown as typeof fetch;
  return {
    reply: (next) => {
      now = next;
    },
    times: () => times,
    aborted: () => aborted,
    end: () => {
      globalThis.fetch = before;
    },
  };
}

/** Every answer is a new object, as from a real server. */
const structuredCloneOf = (body: object | undefined): unknown => JSON.parse(JSON.stringify(body ?? {}));

function visible(state: 'hidden' | 'visible'): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
}
export const hides = (): void => visible('hidden');
export const comesInto = (_sight: 'sight'): void => visible('visible');
