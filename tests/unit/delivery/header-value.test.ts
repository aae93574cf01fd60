import { headerValue, oneAddress, UnsafeHeader } from '@/lib/delivery/smtp/header-value';
import { render } from '@/lib/messages/render';

const origin = new URL('https://app.test');

describe('DEL-3: what stands in a header', () => {
  it.each(['a\r\nBcc: x@evil.test', 'a\nb', 'a\rb', 'a\u0000b', 'a\u2028b', 'a\u0085b'])('refuses %j', (value) => {
    expect(() => headerValue('subject', value)).toThrow(UnsafeHeader);
  });

  it('lets ordinary words through, in any language', () => {
    expect(headerValue('subject', '482917 is your Zürich 東京 code')).toBe('482917 is your Zürich 東京 code');
  });

  it('refuses a name that would break the subject', async () => {
    const content = {
      kind: 'code',
      appName: 'X\r\nBcc: x@evil.test',
      origin,
      code: '482917',
      minutes: 10,
      secondsLeft: 600,
      notMe: null,
    } as const;
    await expect(render(content, 'email', 'ana@latchkey.test')).rejects.toThrow(UnsafeHeader);
  });
});

describe('a recipient', () => {
  it.each([
    '"a@evil.test"@victim.test',
    'a@victim.test, b@evil.test',
    'a@victim.test;b@evil.test',
    'Ana <a@victim.test>',
    'a@victim.test (b@evil.test)',
    'a@b@victim.test',
    'a@victim.test\r\nBcc: b@evil.test',
    ' a@victim.test',
    'a',
    `${'a'.repeat(250)}@x.test`,
  ])('is never %j', (value) => {
    expect(() => oneAddress('recipient', value)).toThrow(UnsafeHeader);
  });

  it.each(['ana@latchkey.test', "o'neill+tag@sub.latchkey.test", 'a_b-c.d%e@x.test', 'jürgen@latchkey.test'])(
    'may be %s',
    (value) => {
      expect(oneAddress('recipient', value)).toBe(value);
    },
  );

  it('does not repeat the value when it refuses', () => {
    expect(() => oneAddress('recipient', 'secret\n@x.test')).toThrow(/^recipient holds a control character\.$/);
  });
});
