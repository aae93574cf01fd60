import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@/lib/clock';
import type { Keyring } from '@/lib/keys/keyring';
import { cookieName } from '@/lib/web/cookie-name';
import { sealTyped, TYPED_COOKIE, TYPED_SECONDS, typedIn } from '@/lib/web/typed';

/** Bytes. A form of ours is far smaller; of more nothing is kept. */
const MOST = 64 * 1024;

type Deps = { keyring: Keyring; clock: Clock; secure: boolean };

/**
 * A form whose action this build does not know, sent without scripts: Next answers with a bare 409. The browser goes to
 * a page with one sentence and a link to the step instead, and the address and channel go with it (UPG-2, UX-4). With
 * scripts the form itself says it (components/ui/not-sent.tsx).
 */
export function leadFormsOfOtherBuilds({ keyring, clock, secure }: Deps) {
  return (request: IncomingMessage, response: ServerResponse): undefined => {
    const type = request.headers['content-type'] ?? '';
    if (request.method !== 'POST' || request.headers['next-action'] || !/^multipart\/form-data\b/i.test(type)) return;
    const body = bodyOf(request);
    const writeHead = response.writeHead;
    response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
      if (status !== 409 || this.getHeader('x-nextjs-action-not-found') !== '1')
        return Reflect.apply(writeHead, this, [status, ...rest]);
      this.setHeader('location', `/reload?to=${encodeURIComponent(request.url ?? '/')}`);
      const typed = typedIn(type, body());
      if (Object.keys(typed).length > 0) {
        const name = cookieName(TYPED_COOKIE, secure);
        const flags = `Path=/; Max-Age=${TYPED_SECONDS}; HttpOnly; SameSite=lax${secure ? '; Secure' : ''}`;
        this.appendHeader('set-cookie', `${name}=${sealTyped(keyring, typed, clock.now())}; ${flags}`);
      }
      return Reflect.apply(writeHead, this, [303]);
    } as typeof writeHead;
  };
}

/** Hears what Node hands on, and takes nothing away from who reads it. @returns the text so far, or none of too much */
function bodyOf(request: IncomingMessage): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  const push = request.push;
  request.push = function (this: IncomingMessage, chunk: unknown, ...rest: unknown[]) {
    if (Buffer.isBuffer(chunk)) {
      size += chunk.length;
      if (size <= MOST) chunks.push(chunk);
    }
    return Reflect.apply(push, this, [chunk, ...rest]);
  } as typeof push;
  return () => (size > MOST ? '' : Buffer.concat(chunks).toString('utf8'));
}
