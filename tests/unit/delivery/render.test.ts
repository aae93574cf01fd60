import type { MessageContent } from '@/lib/messages/content';
import { render } from '@/lib/messages/render';

const origin = new URL('https://app.example.test');
const notMe = new URL(`/not-me?token=${'A-_z'.repeat(10)}abc`, origin);
const code = (digits: string, minutes = 10, appName = 'Latchkey', link: URL | null = notMe): MessageContent => ({
  kind: 'code',
  appName,
  origin,
  code: digits,
  minutes,
  secondsLeft: minutes * 60 + 59,
  notMe: link,
});
const at = new Date('2026-11-22T14:05:59Z');
const changed: MessageContent = { kind: 'password_changed', appName: 'Latchkey', origin, at, notMe };
const unlinked: MessageContent = { ...changed, notMe: null };
const needed: MessageContent = {
  kind: 'operator_needed',
  appName: 'Latchkey',
  origin,
  at,
  account: "ana+<b>o'hara@latchkey.test",
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

describe('the mail to an admin', () => {
  it('names who needs help, as text, and when', async () => {
    const { html, text } = await email(needed);
    expect(text).toContain("ana+<b>o'hara@latchkey.test needs your help");
    expect(html).toContain('ana+&lt;b&gt;o&#x27;hara@latchkey.test');
    for (const half of [html, text]) expect(half).toContain('22 November 2026 at 14:05 UTC');
  });

  it('has words for an account that is gone', async () => {
    const { html, text } = await email({ ...needed, account: null });
    for (const half of [html, text]) expect(half).toContain('Somebody whose account is gone by now');
  });

  it('is never an SMS', async () => {
    await expect(render(needed, 'sms', '+12025550123')).rejects.toThrow();
  });
});

describe.each([
  ['code', code('482917'), 'cancel this code', 'cancel the code here'],
  ['password changed', changed, 'This wasn’t me', 'stop the new password'],
])('the link of a mail: %s (POST-3)', (_name, content, label, sentence) => {
  it('is there once in each half, and leads where APP_URL says', async () => {
    const { html, text } = await email(content);
    const links = [...html.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gs)];
    expect(links.map(([, href, words]) => [href, words])).toEqual([[notMe.href, label]]);
    expect(text.match(/https?:\S+/g)).toEqual([notMe.href]);
    expect(text).toContain(sentence);
  });

  it('is left out of an SMS', async () => {
    expect((await render(content, 'sms', '+12025550123')).text).not.toMatch(/not-me|https?:|www\./);
  });
});

it('never puts the link of one mail into another', async () => {
  const links = ['one', 'two'].map((token) => new URL(`/not-me?token=${token}`, origin));
  const mails = await Promise.all(links.map((link) => email(code('111111', 10, 'Latchkey', link))));
  const bare = await email(code('111111', 10, 'Latchkey', null));
  expect(mails.map(({ html }) => /token=(\w+)/.exec(html)?.[1])).toEqual(['one', 'two']);
  expect(bare.html + bare.text).not.toContain('not-me');
});

describe.each([
  ['code', code('482917')],
  ['code without a link', code('482917', 10, 'Latchkey', null)],
  ['password changed', changed],
  ['password changed without a link', unlinked],
  ['operator needed', needed],
])('every mail: %s', (_name, content) => {
  it('loads nothing, and has no link but the one', async () => {
    const mail = await email(content);
    const [html, text] = [mail.html, mail.text].map((half) => half.replaceAll(notMe.href, ''));
    expect(html).not.toMatch(/<(img|link|script|iframe|object|form|video|svg)\b/i);
    expect(html).not.toMatch(/\b(src|srcset|background|action)=|href="[^"]|url\(|@import|@font-face/i);
    // The one address is the name of the document type, which nothing fetches.
    expect(html?.replace(/<!DOCTYPE[^>]*>/, '')).not.toMatch(/https?:|\/\//);
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
