import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Whether a request carries `Authorization: Bearer <secret>`. Both are hashed first, so that the comparison takes the
 * same time whatever was sent, its length included.
 * @param secret undefined where none is configured: then nobody has it
 */
export function hasBearer(request: Request, secret: string | undefined): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(secret ?? '')) && secret !== undefined && given !== '';
}
