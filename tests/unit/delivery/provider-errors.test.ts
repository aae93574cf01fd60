import { smtpFailure } from '@/lib/delivery/provider-answer';
import { readSmtpError, readTwilioError } from '@/lib/delivery/provider-errors';
import { smtpErrors } from '@/lib/delivery/smtp/errors';
import { twilioErrors } from '@/lib/delivery/twilio/errors';

const twilioClasses = {
  recipient: ['21211', '21265', '21610', '21614', '21635', '30003', '30004', '30005', '30006', '30450'],
  account: [
    ...['10001', '20003', '20403', '20404', '21212', '21408', '21606', '21608', '21609', '21612', '21617', '21659'],
    ...['30002', '30007', '30010', '30023', '30024', '30032', '30034', '63007', '63038'],
  ],
  passing: ['20429', '20503', '21611', '30001', '30008', '30022', '30036', '30410', '30500'],
} as const;

describe('DEL-7: the classes that the requirement names', () => {
  it.each(Object.entries(twilioClasses).flatMap(([expected, codes]) => codes.map((code) => [code, expected] as const)))(
    'Twilio %s is %s, at the call and by webhook',
    (code, expected) => {
      expect([readTwilioError(code, 400).class, readTwilioError(code).class]).toEqual([expected, expected]);
    },
  );
  it('leaves no line of the Twilio table out', () => {
    expect(Object.keys(twilioErrors).sort()).toEqual(Object.values(twilioClasses).flat().sort());
  });
  it.each(['ETIMEDOUT', 'ECONNREFUSED', 'EDNS'])('a socket to Twilio that says %s passes', (code) => {
    expect(readTwilioError(code).class).toBe('passing');
  });
  it.each([
    ['550 5.1.1', 'recipient'],
    ['550', 'recipient'],
    ['550 5.4.5', 'account'],
    ['535', 'account'],
    ['535 5.7.8', 'account'],
    ['534 5.7.9', 'account'],
    ['530 5.7.0', 'account'],
    ['421', 'passing'],
    ['421 4.7.0', 'passing'],
    ['450 4.2.1', 'passing'],
    ['451', 'passing'],
    ['ETIMEDOUT', 'passing'],
    ['ETLS', 'account'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'account'],
  ] as const)('SMTP %s is %s', (code, expected) => {
    expect(readSmtpError(code).class).toBe(expected);
  });
});

describe('errors that the table does not know', () => {
  it.each([
    ['452 4.2.2', undefined, 'passing'],
    ['499', undefined, 'passing'],
    ['EWHATEVER', undefined, 'passing'],
    ['553 5.1.3', undefined, 'recipient'],
    ['552 5.2.2', undefined, 'recipient'],
    ['553 5.1.8', undefined, 'account'],
    ['550 5.7.1', undefined, 'account'],
    ['553', 'RCPT TO', 'recipient'],
    ['553', 'MAIL FROM', 'account'],
    ['554', 'DATA', 'account'],
  ] as const)('SMTP %s after %s is %s', (code, command, expected) => {
    expect(readSmtpError(code, command).class).toBe(expected);
  });
  it.each([
    ['99999', 400, 'account'],
    ['99999', 429, 'passing'],
    ['99999', 503, 'passing'],
    ['HTTP 502', 502, 'passing'],
    ['HTTP 408', 408, 'passing'],
    ['EWHATEVER', undefined, 'passing'],
  ] as const)('Twilio %s with status %s is %s', (code, status, expected) => {
    expect(readTwilioError(code, status).class).toBe(expected);
  });
});

describe('every entry', () => {
  it.each([...Object.entries(smtpErrors), ...Object.entries(twilioErrors)])(
    '%s reads plainly and cites its source',
    (_code, entry) => {
      expect(entry.reading).toMatch(/^[A-Z].*\.$/);
      expect(entry.hint).toMatch(/\w.*\.$|\)\.?$/);
      expect(entry.source).toMatch(/^https:\/\//);
    },
  );
});

describe('what is kept of an answer', () => {
  it('hides the secret and the recipient, and is one line', () => {
    const error = Object.assign(new Error('x'), {
      responseCode: 550,
      response: '550-5.1.1 <ana@latchkey.test> unknown\r\n550 5.1.1 hunter2',
      command: 'RCPT TO',
    });
    expect(smtpFailure(error, ['hunter2', 'ana@latchkey.test', undefined])).toEqual({
      status: 'failed',
      provider: 'smtp',
      class: 'recipient',
      stops: false,
      code: '550 5.1.1',
      answer: '550-5.1.1 <…> unknown 550 5.1.1 …',
    });
  });
});
