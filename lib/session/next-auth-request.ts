import 'server-only';
import { cookies } from 'next/headers';
import { NextRequest } from 'next/server';
import { container } from '@/lib/container';
import { callbackCookie } from './auth-options';
import { returnUrl } from './return-path';

/** Action, provider and error code: all that next-auth's addresses hold. */
const WORD = /^[\w-]{1,40}$/;
/** Bytes. Its longest form is a password of 128 code points, percent-encoded, with a token and an address. */
const LONGEST_BODY = 20_000;

/**
 * A request as next-auth can read it: its own checks answer garbage with 500, or throw. Values that say nothing are
 * left out; words that are no words, and bodies that are no forms, are refused.
 * @param words the path behind /api/auth
 * @returns null where there is nothing to answer
 */
export async function readableRequest(request: Request, words: readonly string[]): Promise<NextRequest | null> {
  if (words.length > 2 || !words.every((word) => WORD.test(word))) return null;
  const { origin } = container().env.APP_URL;
  const url = new URL(request.url);
  if (!WORD.test(url.searchParams.get('error') ?? 'none')) url.searchParams.delete('error');
  const asked = url.searchParams.get('callbackUrl');
  if (asked !== null) url.searchParams.set('callbackUrl', returnUrl(asked, origin));
  const jar = await cookies();
  const { name } = callbackCookie();
  const kept = jar.get(name)?.value;
  if (kept && returnUrl(kept, origin) !== kept) jar.delete(name);
  if (request.method !== 'POST') return new NextRequest(url, { method: request.method, headers: request.headers });
  const form = await readForm(request);
  const headers = new Headers(request.headers);
  headers.set('content-type', 'application/json');
  headers.delete('content-length');
  return form && new NextRequest(url, { method: 'POST', headers, body: JSON.stringify(form) });
}

/** Text fields of a form or of a JSON object. @returns null for anything else */
async function readForm(request: Request): Promise<Record<string, string> | null> {
  const sent = await request.text();
  const type = request.headers.get('content-type') ?? '';
  if (sent.length > LONGEST_BODY) return null;
  if (!type.includes('application/json')) return Object.fromEntries(new URLSearchParams(sent));
  try {
    const fields: unknown = JSON.parse(sent);
    if (typeof fields !== 'object' || fields === null) return null;
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));
  } catch {
    return null;
  }
}
