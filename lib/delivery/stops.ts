/**
 * Codes whose cause lies in our account or in the provider, and would meet the next message just the same. The others
 * of their class concern one message: a country that is not enabled, a trial account's unverified number, a full
 * mailbox. Meanings and sources: twilio-errors.ts, smtp-errors.ts.
 */
const stopping = new Set([
  ...['20003', '20404', '20429', '21212', '30001', '30002', '63038'],
  ...['421', '454', '530', '534', '535', '550 5.4.5'],
]);

/**
 * Whether a failure says something of the transport as a whole, so that its circuit must know.
 * @param code as in SendOutcome: `535 5.7.8`, `20003`, `HTTP 503`, `ECONNREFUSED`
 */
export function stopsTransport(code: string): boolean {
  const [first = ''] = code.split(' ');
  if (code.startsWith('HTTP 5')) return true;
  // What has no number came from the socket or from TLS; EHEADER is our own refusal of one address.
  if (/^[A-Z]/.test(code) && first !== 'HTTP') return code !== 'EHEADER' && code !== 'EUNKNOWN';
  return stopping.has(code) || stopping.has(first);
}
