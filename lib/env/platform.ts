/** What serverless platforms set in the environment of what they run. */
const marks = [
  'VERCEL',
  'NETLIFY',
  'AWS_LAMBDA_FUNCTION_NAME',
  'K_SERVICE',
  'FUNCTION_TARGET',
  'FUNCTIONS_WORKER_RUNTIME',
] as const;

/**
 * Where nothing is kept between requests and a platform's own proxy stands in front: no embedded database there, and
 * no socket that tells who asks.
 * @param source the environment, e.g. process.env
 * @returns the variable by which the platform is known, for a sentence; null on a server of one's own
 */
export const serverlessMark = (source: Readonly<Record<string, string | undefined>>): string | null =>
  marks.find((mark) => source[mark]?.trim()) ?? null;
