/** No connection came about, or the SDK refused before it opened one. */
const unsent = new Set(['ECONNREFUSED', 'EDNS', 'EHOSTUNREACH', 'ENETUNREACH', 'EUNKNOWN']);
/** Twilio's own words for "something broke here": its message may exist. */
const broken = new Set(['20500', '20503']);

/**
 * Whether a failed send certainly took no message, so that it cost nothing (RL-6). A time-out, a broken line or an answer
 * that nobody can read says nothing: Twilio may have sent the SMS, and will charge for it.
 * @param code of a failed SendOutcome: Twilio's error number, `HTTP 503`, `ETIMEDOUT`
 */
export const tookNothing = (code: string): boolean =>
  unsent.has(code) || /^HTTP 4\d\d$/.test(code) || (/^\d{5}$/.test(code) && !broken.has(code));
