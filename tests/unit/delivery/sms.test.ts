import { gsmLength, smsSegments } from '@/lib/messages/gsm7';
import { codeSms, passwordChangedSms, smsFits } from '@/lib/messages/sms';

/**
 * The parser of https://wicg.github.io/sms-one-time-codes/#parsing, written from the text:
 * the last line is `@host`, one space, `#code`; a second `@origin` may follow.
 */
function parseOneTimeCode(message: string): { host: string; code: string } | null {
  const lastLine = message.split(/\r\n|\r|\n/).at(-1) ?? '';
  const [top, code, ...rest] = lastLine.split(' ');
  if (!top?.startsWith('@') || !code?.startsWith('#') || rest.length > 1) return null;
  if (top.length === 1 || code.length === 1) return null;
  const url = URL.parse ? URL.parse(`https://${top.slice(1)}`) : new URL(`https://${top.slice(1)}`);
  if (!url || url.host !== top.slice(1) || url.port !== '') return null;
  return { host: url.host, code: code.slice(1) };
}

const content = (code: string, url = 'https://app.example.test', appName = 'Latchkey', minutes = 10) => ({
  kind: 'code' as const,
  appName,
  origin: new URL(url),
  code,
  minutes,
  secondsLeft: minutes * 60,
  // A mail would carry it; an SMS must not.
  notMe: new URL('/not-me?token=canary', url),
});

describe('DEL-5: the SMS of a code', () => {
  it.each(['482917', '00048291', '0123456789', '01234567890123456789'])('lets a browser find %s', (code) => {
    expect(parseOneTimeCode(codeSms(content(code)))).toEqual({ host: 'app.example.test', code });
  });

  it('names the host without a port', () => {
    expect(codeSms(content('482917', 'http://localhost:3000')).split('\n').at(-1)).toBe('@localhost #482917');
  });

  it('names the service, the minutes left and what to do if it was not you', () => {
    expect(codeSms(content('482917', 'http://localhost:3000'))).toBe(
      '482917 is your Latchkey code for 10 minutes. Not you? Ignore it, tell no one.\n\n@localhost #482917',
    );
    expect(codeSms(content('482917', undefined, undefined, 1))).toContain('for 1 minute.');
  });

  it.each([
    ['Latchkey', 'localhost'],
    ['A name of 24 characters!', 'accounts.example.test'],
    ['Latchkey', 'recovery.a-rather-long-company-name.example.test'],
  ])('fits 160 characters with 20 digits for %s at %s', (appName, host) => {
    expect(smsFits(appName, host)).toBe(true);
    expect(gsmLength(codeSms(content('9'.repeat(20), `https://${host}`, appName)))).toBeLessThanOrEqual(160);
  });

  it('says beforehand where it would not fit', () => {
    expect(smsFits('A name of 24 characters!', `${'a'.repeat(60)}.test`)).toBe(false);
    expect(smsFits('Łódź', 'localhost')).toBe(false);
  });
});

describe('POST-3: the SMS of a changed password', () => {
  const text = passwordChangedSms({
    kind: 'password_changed',
    appName: 'A name of 24 characters!',
    origin: new URL('https://app.test'),
    at: new Date('2026-11-22T14:05:59Z'),
    notMe: new URL('https://app.test/not-me?token=canary'),
  });

  it('carries no link and no code', () => {
    expect(text).toContain('at 14:05 UTC.');
    expect(text).not.toMatch(/https?:|www\.|app\.test|\d{6}/);
    expect(parseOneTimeCode(text)).toBeNull();
  });

  it('is one message', () => {
    expect(smsSegments(text)).toBe(1);
  });
});

describe('GSM-7', () => {
  it('counts the extension twice and knows what is outside', () => {
    expect(gsmLength('abc')).toBe(3);
    expect(gsmLength('€[]')).toBe(6);
    expect(gsmLength('`')).toBeNull();
    expect(gsmLength('ł')).toBeNull();
  });

  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['ł'.repeat(70), 1],
    ['ł'.repeat(71), 2],
  ])('cuts %# into segments', (text, segments) => {
    expect(smsSegments(text)).toBe(segments);
  });
});
