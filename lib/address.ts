import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * The one definition of an address that mail can be sent to (RFC 5321, RFC 6531): sign-in, requests, `npm run user` and
 * the delivery all go by it, so that no account has an address to which its mail fails.
 */

/** RFC 5321 allows 254 octets for a path, less its angle brackets. */
export const MAX_ADDRESS = 254;
/** Octets, RFC 5321 4.5.3.1.1. */
export const MAX_LOCAL_PART = 64;

// A dot-atom: the ASCII signs that need no quotes, and every other sign that a person can see.
const atom = String.raw`(?:[\w!#$%&'*+\-/=?^\x60{|}~]|(?![\p{C}\p{Z}\p{Default_Ignorable_Code_Point}])[^\x00-\x7F])+`;
const localPart = new RegExp(String.raw`^${atom}(?:\.${atom})*$`, 'u');
/** Signs that look like @ or a dot and would smuggle a second address past a careless reader. */
const lookalikes = /[\uFF20\uFE6B\uFF0E\u3002\uFF61]/u;
const domain = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** @param value what stands before the @ */
export const isLocalPart = (value: string): boolean =>
  localPart.test(value) && !lookalikes.test(value) && Buffer.byteLength(value) <= MAX_LOCAL_PART;

/** Node 24 lets a label pass that says it is Punycode and is none; Node 20 does not. */
const isPunycode = (value: string): boolean => !/(?:^|\.)xn--/.test(domainToUnicode(value));

/** @param value what stands after the @, in ASCII: IDNA gives it back as it is */
export const isMailDomain = (value: string): boolean =>
  domain.test(value) && domainToASCII(value) === value && isPunycode(value);

/** A host behind an @: of the mail server itself it may be one word, such as root@localhost. */
const host = /^[^\s<>,;:"'`()[\]\\@\uFF20\uFE6B\uFF0E\u3002\uFF61]+$/;

/** Whether mail can go to it or come from it, the server's own addresses included. */
export function isPlainAddress(value: string): boolean {
  const at = value.lastIndexOf('@');
  return isLocalPart(value.slice(0, at)) && host.test(value.slice(at + 1)) && Buffer.byteLength(value) <= MAX_ADDRESS;
}
