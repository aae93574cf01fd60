/** A phone takes seconds. A worker that says nothing is none, ms (TIM-2). */
const GIVE_UP_MS = 60_000;

/**
 * Does a proof's work in a worker of our own, a file of this site.
 * @param challenge as the server wrote it
 * @returns what the field `proof` brings; null where no worker runs or it could not be solved
 */
export function solveInWorker(challenge: string): Promise<string | null> {
  return new Promise((resolve) => {
    let worker: Worker;
    try {
      worker = new Worker(new URL('./solve.worker.ts', import.meta.url));
    } catch {
      return resolve(null);
    }
    const late = setTimeout(() => end(null), GIVE_UP_MS);
    const end = (solved: string | null) => {
      clearTimeout(late);
      worker.terminate();
      resolve(solved);
    };
    worker.onmessage = ({ data }: MessageEvent<string | null>) => end(data);
    worker.onerror = () => end(null);
    worker.postMessage(challenge);
  });
}
