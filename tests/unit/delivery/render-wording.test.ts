import type { MessageContent } from '@/lib/messages/content';
import { render } from '@/lib/messages/render';
import type { Wording } from '@/lib/messages/standard-wordings';

const origin = new URL('https://app.example.test');
const code = (digits: string, appName = 'Latchkey', notMe: URL | null = null): MessageContent => ({
  kind: 'code',
  appName,
  origin,
  code: digits,
  minutes: 10,
  secondsLeft: 600,
  notMe,
});
const wording: Wording = {
  subject: 'From {app}: {code}',
  body: 'Hello & welcome\nto {app}.\n\n{code}\n\nGood for {minutes}, "once".',
};

async function email(content: MessageContent, own: Wording | null) {
  const message = await render(content, 'email', 'ana@latchkey.test', own);
  if (message.channel !== 'email') throw new Error('not an email');
  return message;
}

describe('a mail in an admin’s words', () => {
  it('says them in the subject and in both halves, and ends with what is ours', async () => {
    const notMe = new URL('/not-me?token=a', origin);
    const { subject, html, text } = await email(code('482917', 'Latchkey', notMe), wording);
    expect(subject).toBe('From Latchkey: 482917');
    expect(text).toContain(
      'Hello & welcome\nto Latchkey.\n\n482917\n\nGood for 10 minutes, "once".\n\nIf you did not ask',
    );
    expect(html).toContain('Hello &amp; welcome<br/>to Latchkey.');
    expect(html).toContain('>482917<');
    for (const half of [html, text]) {
      expect(half).toContain('Tell nobody the code, us included.');
      expect(half).toContain(notMe.href);
    }
  });

  it('keeps markup inert, should any ever get there (WEB-5)', async () => {
    const { html } = await email(code('482917'), { ...wording, body: `<img src=x>\n\n${wording.body}` });
    expect(html).not.toContain('<img');
  });

  it('never mixes up two wordings, two names or two codes', async () => {
    const other = { subject: '{code}', body: 'Another one\n\n{code}' };
    const mails = await Promise.all([
      email(code('111111'), wording),
      email(code('222222'), other),
      email(code('333333', 'Other'), wording),
      email(code('444444'), null),
      email(code('555555'), wording),
    ]);
    expect(mails.map(({ html }) => /\d{6}(?=<)/.exec(html)?.[0])).toEqual([
      '111111',
      '222222',
      '333333',
      '444444',
      '555555',
    ]);
    expect(mails.map(({ html }) => html.includes('welcome'))).toEqual([true, false, true, false, true]);
    expect(mails[2]?.html).not.toContain('Latchkey');
  });

  it('takes a braces’ name as it is', async () => {
    const { html, text, subject } = await email(code('482917', '{code}'), wording);
    expect(subject).toBe('From {code}: 482917');
    for (const half of [html, text]) expect(half).toContain('to {code}.');
  });

  it('costs a frame once, and then next to nothing, through any number of wordings', async () => {
    for (let n = 0; n < 60; n += 1)
      await email(code('482917'), { ...wording, body: `${wording.body}\n\n${'x'.repeat(n)}` });
    await email(code('482917'), wording);
    const began = performance.now();
    for (let n = 0; n < 2_000; n += 1) await email(code(String(100_000 + n)), wording);
    // 3 ms each where every mail is rendered whole; a loaded machine is allowed ten times what it takes.
    expect((performance.now() - began) / 2_000).toBeLessThan(0.5);
  });
});

describe('a text message in an admin’s words', () => {
  it('ends with the fixed sentence and the line that browsers read', async () => {
    const own = { subject: null, body: 'Use {code} at {app}, within {minutes}.' };
    const { text } = await render(code('482917'), 'sms', '+12025550123', own);
    expect(text).toBe(
      'Use 482917 at Latchkey, within 10 minutes. Not you? Ignore it, tell no one.\n\n@app.example.test #482917',
    );
  });
});

it('the mail to an admin about guesses keeps its words', async () => {
  const at = new Date('2026-11-22T14:05:59Z');
  const guessing: MessageContent = { kind: 'guessing', appName: 'Latchkey', origin, at, account: 'a@latchkey.test' };
  const own = { subject: 'Own', body: 'Own words for {app}, {when}' };
  expect((await email(guessing, own)).text).not.toContain('Own');
  expect((await email({ ...guessing, account: null }, own)).text).toMatch(/^Own words for Latchkey, 22 November 2026/);
});
