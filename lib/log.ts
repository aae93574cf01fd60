import pino from 'pino';

/**
 * JSON lines on stdout. Callers pass ids and error classes, never what a person typed (AUD-2);
 * the redaction is the second lock. What belongs to one code, from the request over its deliveries to the receipts, has
 * one `correlationId`: the challenge's id, which opens nothing without the sealed cookie.
 */
export const log = pino({
  level: 'info',
  redact: ['*.password', '*.code', '*.token', '*.cookie', '*.authorization', '*.to', '*.text', '*.html'],
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
});

/** What of an error may be written down: its name and where it happened, not a message that may quote input. */
export function describeError(error: unknown): { error: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const at = error.stack
    ?.split('\n')
    .find((line) => /^\s+at /.test(line))
    ?.trim();
  return { error: `${error.name}${code}`, ...(at ? { at } : {}) };
}
