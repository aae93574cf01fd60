const statuses = ['accepted', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed'] as const;

/**
 * How Twilio says that an SMS is doing. It has others, for scheduled messages and other channels, which ours never are.
 * Source: https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
 */
export type TwilioStatus = (typeof statuses)[number];

/** What a status callback says about one delivery. */
export type Receipt = {
  deliveryId: string;
  /** MessageSid */
  messageId: string;
  status: TwilioStatus;
  /** Twilio's error number; only what did not arrive has one, and not always. */
  errorCode: string | null;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const sid = /^[A-Z]{2}[0-9a-f]{32}$/i;
const errorNumber = /^[1-9]\d{3,6}$/;

/**
 * Reads a status callback whose signature was right. Fields are added by Twilio without notice, so others are ignored.
 * @param query of the address that was called: `delivery` names the row (lib/delivery/twilio/transport.ts)
 * @returns null where it says nothing about a delivery of ours
 */
export function readReceipt(query: URLSearchParams, form: URLSearchParams): Receipt | null {
  const deliveryId = only(query, 'delivery');
  const messageId = only(form, 'MessageSid');
  const said = only(form, 'MessageStatus');
  const status = statuses.find((known) => known === said);
  if (!status || !uuid.test(deliveryId) || !sid.test(messageId)) return null;
  const errorCode = only(form, 'ErrorCode');
  return { deliveryId, messageId, status, errorCode: errorNumber.test(errorCode) ? errorCode : null };
}

/** The one value of that name; two of them say nothing. */
function only(fields: URLSearchParams, name: string): string {
  const values = fields.getAll(name);
  return values.length === 1 ? (values[0] ?? '') : '';
}
