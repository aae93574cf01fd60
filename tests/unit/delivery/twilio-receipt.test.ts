import { readReceipt } from '@/lib/delivery/twilio/receipt';

const deliveryId = '6f1c9f52-53a5-4f6c-9a0e-0d9b8c6f2a11';
const messageId = 'SM0000000000000000000000000000abCD';
const read = (fields: string, query = `delivery=${deliveryId}`) =>
  readReceipt(new URLSearchParams(query), new URLSearchParams(fields));

describe('DEL-8: a status callback', () => {
  it('names the delivery, the message and its status', () => {
    expect(read(`MessageSid=${messageId}&MessageStatus=delivered&SmsStatus=delivered&To=%2B12025550123`)).toEqual({
      deliveryId,
      messageId,
      status: 'delivered',
      errorCode: null,
    });
  });

  it.each([
    ['30003', '30003'],
    ['572005', '572005'],
    ['', null],
    ['0', null],
    ['30003; DROP', null],
    ['9'.repeat(40), null],
  ])('with the error number %j has %j', (given, expected) => {
    const fields = new URLSearchParams({ MessageSid: messageId, MessageStatus: 'failed', ErrorCode: given });
    expect(read(fields.toString())?.errorCode).toBe(expected);
  });

  it.each([
    ['no delivery', `MessageSid=${messageId}&MessageStatus=sent`, ''],
    ['two deliveries', `MessageSid=${messageId}&MessageStatus=sent`, `delivery=${deliveryId}&delivery=${deliveryId}`],
    ['a delivery that is no id', `MessageSid=${messageId}&MessageStatus=sent`, "delivery=' OR true"],
    ['no message', 'MessageStatus=sent', undefined],
    ['a message that is no id', 'MessageSid=SM1&MessageStatus=sent', undefined],
    ['no status', `MessageSid=${messageId}`, undefined],
    ['two statuses', `MessageSid=${messageId}&MessageStatus=sent&MessageStatus=failed`, undefined],
    ['a status of another channel', `MessageSid=${messageId}&MessageStatus=read`, undefined],
    ['a status that is none', `MessageSid=${messageId}&MessageStatus=constructor`, undefined],
  ])('with %s says nothing', (_what, fields, query) => {
    expect(read(fields, query)).toBeNull();
  });
});
