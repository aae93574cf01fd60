import type { Keyring } from '@/lib/keys/keyring';
import { openText, sealText } from '@/lib/keys/sealed-text';

/** What may be kept of a form that was not taken: never a password or a code (UX-4). */
export type Typed = { email?: string; channel?: string };

export const TYPED_COOKIE = 'typed';
export const TYPED_SECONDS = 10 * 60;

const keeps = /^Content-Disposition: form-data; name="(?:\d+_)?(email|channel)"$/i;

/**
 * The address and the channel of a form, read from its body as a browser writes it.
 * @param contentType with the boundary @param body multipart/form-data, decoded as UTF-8
 */
export function typedIn(contentType: string, body: string): Typed {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return {};
  const typed: Typed = {};
  for (const part of body.split(`--${boundary}`)) {
    const [, head = '', value] = /^\r\n([^\r\n]*)\r\n\r\n([^\r\n]{0,320})\r\n$/.exec(part) ?? [];
    const name = keeps.exec(head)?.[1]?.toLowerCase();
    if (value && (name === 'email' || name === 'channel')) typed[name] = value;
  }
  return typed;
}

/** @param now for its age: a copy of the cookie is worth nothing later on */
export function sealTyped(keyring: Keyring, typed: Typed, now: Date): string {
  const { sealed, keyId } = sealText(keyring, 'typed', '', JSON.stringify({ ...typed, at: now.getTime() }));
  return `${keyId}.${sealed}`;
}

/** @returns nothing typed where the seal does not hold or is too old */
export function openTyped(keyring: Keyring, cookie: string | undefined, now: Date): Typed {
  const [keyId = '', sealed = ''] = (cookie ?? '').split('.');
  const text = openText(keyring, 'typed', '', { keyId, sealed });
  if (text === null) return {};
  const { email, channel, at } = JSON.parse(text) as Typed & { at: number };
  if (now.getTime() - at > TYPED_SECONDS * 1000) return {};
  return { ...(email ? { email } : {}), ...(channel ? { channel } : {}) };
}
