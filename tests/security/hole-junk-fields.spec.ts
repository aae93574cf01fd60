import { expect, test } from '../e2e/test';
import { ownAddress } from '../support/own-address';
import { PlainBrowser } from '../support/plain-browser';
import { rawRequest } from '../support/raw-request';
import { CODES_AN_HOUR, tooMany } from './asks-for-code';
import { cookieLine } from './shapes';

// Strapi CVE-2025-64526: a field more, or an address in other letters, and the limiter took the request for another
// one. Whatever is put around an honest form, it counts like one.

type Field = readonly [name: string, value: string];
const ana = 'ana@latchkey.test';

/** What stands beside the fields that the form has. */
const junk: ((n: number) => Field[])[] = [
  () => [],
  (n) => [['junk', String(n)]],
  (n) => [
    ['identifier', `x${n}`],
    ['identifier', `y${n}`],
    ['ip', `203.0.113.${n}`],
  ],
  (n) => [
    ['email[]', `x${n}@latchkey.test`],
    ['email.0', 'x'],
    ['Email', `y${n}@latchkey.test`],
  ],
  (n) => [
    ['userId', String(n)],
    ['__proto__', 'x'],
    ['constructor', 'x'],
    ['proof', 'x'.repeat(n)],
  ],
  (n) => [['x-forwarded-for', `203.0.113.${n}`]],
];
const queries = ['', '?', '?junk=1', '?email=x@latchkey.test', '?email=a&email=b&channel=sms', '?channel[]=sms#x'];

/** Other ways to say what the body is; most are read as what they are, and the others as no form at all. */
const types: ((type: string) => string)[] = [
  (type) => type,
  (type) => type.replace('multipart/form-data', 'multipart/form-data ;charset=utf-8'),
  (type) => type.replace(/boundary=(.*)/, 'boundary="$1"'),
  (type) => type.replace('multipart/form-data', 'Multipart/Form-Data'),
  (type) => `${type}; charset=UTF-7`,
  () => 'application/x-www-form-urlencoded',
  () => 'application/json',
];

const order = (n: number, fields: readonly Field[]): Field[] => (n % 2 ? [...fields] : [...fields].reverse());
const pick = <T>(all: readonly T[], n: number): T => all[n % all.length] as T;

async function encoded(as: string, fields: readonly Field[]): Promise<{ type: string; body: Uint8Array }> {
  if (as.startsWith('application/json'))
    return { type: as, body: Buffer.from(JSON.stringify(Object.fromEntries(fields))) };
  const data = as.startsWith('application/x') ? new URLSearchParams() : new FormData();
  for (const [name, value] of fields) data.append(name, value);
  const whole = new Response(data);
  return { type: whole.headers.get('content-type') ?? '', body: new Uint8Array(await whole.arrayBuffer()) };
}

/** @returns 'sent', the words of the limit, or what else became of it */
async function asks(base: string, address: string, n: number): Promise<string> {
  const headers = { 'x-forwarded-for': address };
  const browser = new PlainBrowser(base, headers);
  const first = await browser.form(`/forgot-password${pick(queries, n)}`, 'name="email"');
  const typed = pick([ana, ' Ana@Latchkey.TEST', 'ANA@latchkey.test '], n);
  const extra = pick(junk, n)(n);
  const begun = await first.post([['email', typed] as const, ...extra], order(n, first.hidden as Field[]));
  expect(begun.location).toBe('/forgot-password/method');
  const { hidden } = await browser.form('/forgot-password/method', 'name="channel"');
  const type = pick(types, Math.floor(n / 2));
  const fields = order(n, [...(hidden as Field[]), ['channel', 'email'], ...extra]);
  const { type: honest, body } = await encoded(type(''), fields);
  const answer = await rawRequest(base, {
    method: 'POST',
    path: `/forgot-password/method${pick(queries, n + 3)}`.replace(/#.*/, ''),
    headers: { ...headers, origin: base, cookie: cookieLine(browser.cookies), 'content-type': type(honest) },
    body,
  });
  if (answer.headers.location === '/forgot-password/verify') return 'sent';
  return tooMany.exec(answer.body)?.[0] ?? String(answer.status);
}

test('whatever stands beside the fields, and however it is encoded, the limit is reached at the same count', async ({
  baseURL,
  request,
}) => {
  const inbox = async (): Promise<unknown[]> => (await request.get(`/dev/inbox/messages?to=${ana}`)).json();
  const before = (await inbox()).length;
  const [base, address] = [baseURL ?? '', ownAddress()];
  const became: string[] = [];
  for (let n = 0; n < 42; n += 1) became.push(await asks(base, address, n));
  const sent = became.filter((what) => what === 'sent');
  expect(sent).toHaveLength(CODES_AN_HOUR);
  const refused = became.slice(became.lastIndexOf('sent') + 1);
  expect(refused.filter((what) => tooMany.test(what)).length).toBeGreaterThanOrEqual(4);
  // Of the twenty, Ana got the five that go from one network to one address.
  expect((await inbox()).length - before).toBe(5);
});
