import { createHmac } from 'node:crypto';

export type FormFields = readonly (readonly [name: string, value: string])[];

/**
 * What Twilio's own server computes, written from its documentation and not from its SDK: the address, then every field
 * as name and value, sorted by name and then by value, without a repeated pair; HMAC-SHA1 by the token, in base64.
 */
export function signForm(url: string, fields: FormFields, token: string): string {
  const pairs = new Map(fields.map(([name, value]) => [`${name}\0${value}`, name + value]));
  const sorted = [...pairs.keys()].sort().map((pair) => pairs.get(pair) ?? '');
  return createHmac('sha1', token)
    .update(url + sorted.join(''), 'utf8')
    .digest('base64');
}
