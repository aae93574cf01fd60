/**
 * Reads the body of a request from a stranger, or of a stranger's answer.
 * @param most bytes
 * @returns the text, or null where there is more: the rest is not read
 */
export async function readBody(message: Pick<Request, 'headers' | 'body'>, most: number): Promise<string | null> {
  if (Number(message.headers.get('content-length') ?? 0) > most) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  // A body without a length may go on for ever.
  for await (const chunk of message.body ?? []) {
    length += chunk.byteLength;
    if (length > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
