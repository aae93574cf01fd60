/** Thrown where an answer did not come in time. What was asked may still happen. */
class TooLate extends Error {
  override name = 'TooLate';
}

/**
 * An answer, or an end to the wait for it (TIM-2): what is queued behind one that never comes goes on. The sockets below
 * have time-outs of their own; this one is for what they cannot know.
 * @param ms how long to wait @throws TooLate
 */
export async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
