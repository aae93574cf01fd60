import type { MessageContent } from '@/lib/delivery/messages';
import { render } from '@/lib/delivery/render';

const origin = new URL('https://app.example.test');
const code = (digits: string, minutes = 10, appName = 'Latchkey'): MessageContent => ({
  kind: 'code',
  appName,
  origin,
  code: digits,
  minutes,
  secondsLeft: minutes * 60 + 59,
});
const changed: MessageContent = {
  kind: 'password_changed',
  appName: 'Latchkey',
  origin,
  at: new Date('2026-11-22T14:05:59Z'),
};

async function email(content: MessageContent) {
  const message = await render(content, 'email', 'ana@latchkey.test');
  if (message.channel !== 'email') throw new Error('not an email');
  return message;
}

/** What a reader sees of the HTML. */
const visible = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]+>/g, ' ');

describe('the mail of a code', () => {
  it('has the code in the subject, and once in each half', async () => {
    const { subject, html, text } = await email(code('004829'));
    expect(subject).toBe('004829 is your Latchkey code');
    expect(visible(html).match(/004829/g)).toHaveLength(1);
    expect(text.match(/004829/g)).toHaveLength(1);
  });

  it('keeps the code one run of text', async () => {
    const { html } = await email(code('01234567890123456789'));
    expect(html).toContain('>01234567890123456789<');
  });

  it.each([
    [10, 'for 10 minutes'],
    [2, 'for 2 minutes'],
    [1, 'for 1 minute.'],
  ])('says that %i minutes remain (GEN-3)', async (minutes, words) => {
    const { html, text } = await email(code('482917', minutes));
    expect(html).toContain(words);
    expect(text).toContain(words);
  });

  it('names the service and what to do if it was not you (DEL-4)', async () => {
    const { html, text } = await email(code('482917', 10, 'Brass & Sons'));
    expect(text).toContain('Brass & Sons');
    expect(html).toContain('Brass &amp; Sons');
    for (const half of [html, text])
      expect(half).toContain('If you did not ask for it, ignore this message: nothing has changed.');
  });

  it('never mixes up two people or two names', async () => {
    const mails = await Promise.all([
      email(code('111111')),
      email(code('222222', 3)),
      email(code('333333', 3, 'Other')),
    ]);
    expect(mails.map(({ html }) => /\d{6}(?=<)/.exec(html)?.[0])).toEqual(['111111', '222222', '333333']);
    expect(mails[2]?.html).not.toContain('Latchkey');
  });

  it('keeps markup in a name inert (WEB-5)', async () => {
    const { html } = await email(code('482917', 10, '<img src=x>'));
    expect(html).not.toContain('<img');
  });
});

describe('the mail of a changed password', () => {
  it('says when, in UTC', async () => {
    const { html, text, subject } = await email(changed);
    expect(subject).toBe('Your Latchkey password was changed');
    expect(html).toContain('22 November 2026 at 14:05 UTC');
    expect(text).toContain('22 November 2026 at 14:05 UTC');
  });
});

describe.each([
  ['code', code('482917')],
  ['password changed', changed],
])('every mail: %s', (_name, content) => {
  it('has no link and loads nothing', async () => {
    const { html, text } = await email(content);
    expect(html).not.toMatch(/<(a|img|link|script|iframe|object|form|video|svg)\b/i);
    expect(html).not.toMatch(/\b(href|src|srcset|background|action)=|url\(|@import|@font-face/i);
    // The one address is the name of the document type, which nothing fetches.
    expect(html.replace(/<!DOCTYPE[^>]*>/, '')).not.toMatch(/https?:|\/\//);
    expect(text).not.toMatch(/https?:|www\./);
  });

  it('knows dark and light', async () => {
    const { html } = await email(content);
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
    expect(html).toContain('@media (prefers-color-scheme:dark)');
  });

  it('leaves no slot unfilled', async () => {
    const { html, text, subject } = await email(content);
    expect(html + text + subject).not.toMatch(/%[A-Z]+%|undefined|\[object/);
  });
});

describe('SMS', () => {
  it('is worth delivering for as long as the code lives (DEL-6)', async () => {
    await expect(render(code('482917', 7), 'sms', '+12025550123')).resolves.toMatchObject({
      to: '+12025550123',
      validitySeconds: 479,
    });
  });
});
