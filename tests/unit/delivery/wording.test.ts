import type { Channel } from '@/lib/delivery/port';
import { checkWording, tidy, type WordingProblem } from '@/lib/messages/check-wording';
import { gsmLength } from '@/lib/messages/gsm7';
import { longestText, smsKinds } from '@/lib/messages/sms';
import { editableOf, fill, standardOf, type WordedKind, wordedKinds } from '@/lib/messages/standard-wordings';

const service = { appName: 'Latchkey', host: 'app.example.test' };
const both: readonly Channel[] = ['email', 'sms'];
const all = wordedKinds.flatMap((kind) =>
  both.filter((channel) => editableOf(kind, channel)).map((channel) => [kind, channel] as const),
);

const body = 'Hello. Your {app} code:\n\n{code}\n\nUse it within {minutes}.';
const mail = (changes: { subject?: string; body?: string } = {}) =>
  checkWording('code', 'email', { subject: '{code} for {app}', body, ...changes }, service);
const sms = (text: string, about = service) => checkWording('code', 'sms', { subject: null, body: text }, about);

/** What is wrong, as `type` or `type found`. */
const wrong = (checked: ReturnType<typeof checkWording>): string[] =>
  checked.ok ? [] : checked.problems.map((problem: WordingProblem) => problem.type);

describe('words that an admin types for a message', () => {
  test.each(all)('the standard ones of %s by %s pass their own check', (kind, channel) => {
    expect(checkWording(kind, channel, standardOf(kind, channel), service)).toEqual({
      ok: true,
      wording: standardOf(kind, channel),
    });
  });

  test('may be of any language and have any number of plain paragraphs', () => {
    expect(mail({ subject: 'Ihr Schlüssel für {app}: {code}', body: `Grüß Gott!\n${body}\n\nBis bald.` }).ok).toBe(
      true,
    );
    expect(mail({ body: `これはコードです。\n\n{code}\n\n{app}、{minutes}。` }).ok).toBe(true);
    expect(mail({ body: `קוד של {app}\n\n{code}\n\n{minutes}` }).ok).toBe(true);
  });

  test('are tidied of what nobody sees', () => {
    expect(tidy('  a\u00A0b \r\n\r\n\r\n\r\nc\t \r')).toBe('a b\n\nc');
    expect(tidy('e\u0301')).toBe('\u00E9');
  });

  test('need what a person must be told (DEL-4)', () => {
    expect(wrong(mail({ body: 'Hello.' }))).toEqual(Array.from({ length: 3 }, () => 'missing-placeholder'));
    expect(wrong(mail({ body: 'Your {app} code {code} for {minutes}.' }))).toEqual(['not-alone']);
    expect(wrong(mail({ body: `${body}\n\n{code}` }))).toEqual(['not-alone']);
    expect(wrong(sms('Your {app} code, for {minutes}.'))).toEqual(['missing-placeholder']);
    expect(wrong(mail({ subject: '', body: '' }))).toEqual(expect.arrayContaining(['empty', 'missing-placeholder']));
  });

  test.each(['{link}', '{when}', '{Code}', '{ code }', '{account}', '{', '}', '{}', '{{app}', '{constructor}'])(
    'know no placeholder %s',
    (hole) => {
      expect(wrong(mail({ body: `${body}\n\n${hole}` }))).toContain('unknown-placeholder');
    },
  );

  test.each(['a{app}', '{app}s', '1{app}', '{app}{minutes}'])('keep a placeholder apart: %s', (glued) => {
    expect(wrong(mail({ body: `${body}\n\n${glued}` }))).toContain('glued');
  });

  test.each(['<b>now</b>', '<', '>', '<!--', 'a <script>alert(1)</script>'])('hold no markup: %s', (markup) => {
    expect(wrong(mail({ body: `${body}\n\n${markup}` }))).toContain('markup');
    expect(wrong(mail({ subject: markup }))).toContain('markup');
  });

  test.each([
    'https://evil.test',
    'HTTP:evil',
    'hxxps://evil',
    'javascript:alert(1)',
    'mailto:a',
    'tel:+49',
    'www.evil',
    'example.com',
    'Example.COM!',
    'evil.рф',
    '{app}.com',
    'login-{app}.com',
    'example．com',
    'example。com',
    'example｡com',
    'ｅｘａｍｐｌｅ．ｃｏｍ',
    'help@latchkey',
    '@evil #000000',
    '＠evil',
    '1.2.3.4',
    '[::1]',
    '//evil/x',
    '\\\\evil\\x',
    'in.Ignore it',
  ])('hold nothing that becomes a link: %s', (link) => {
    expect(wrong(mail({ body: `${body}\n\nSee ${link}` }))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(link|glued)$/)]),
    );
    expect(wrong(sms(`{code} {app} {minutes} ${link}`))).toContain('link');
    expect(wrong(mail({ subject: link }))).toContain('link');
  });

  test.each(['0800 123456', '123456', '4829', '+1 (202) 555', '１２３４５６', '٤٨٢٩'])(
    'hold no number that could be taken for a code or be called: %s',
    (number) => {
      expect(wrong(mail({ body: `${body}\n\n${number}` }))).toContain('number');
    },
  );

  test.each([
    ['\u202E', 'U+202E'],
    ['\u2066', 'U+2066'],
    ['\u200B', 'U+200B'],
    ['\u00AD', 'U+00AD'],
    ['\uFEFF', 'U+FEFF'],
    ['\u0000', 'U+0000'],
    ['\u001B', 'U+001B'],
    ['\u0085', 'U+0085'],
    ['\u2028', 'U+2028'],
    ['\u3164', 'U+3164'],
    ['\u2800', 'U+2800'],
    ['\uFE0F', 'U+FE0F'],
    ['\uE000', 'U+E000'],
    ['\uD800', 'U+D800'],
    ['\u{E0041}', 'U+E0041'],
  ])('hold nothing that does not show: %j', (hidden, found) => {
    const expected = { problems: [{ type: 'hidden-character', field: 'body', found }] };
    expect(mail({ body: body.replace('Hello', `Hel${hidden}lo`) })).toMatchObject(expected);
    expect(wrong(mail({ subject: `a${hidden}b` }))).toContain('hidden-character');
  });

  test('a subject is one line (DEL-3), and nothing is endless', () => {
    expect(wrong(mail({ subject: 'Code\nBcc: all' }))).toContain('several-lines');
    expect(wrong(mail({ subject: 'Code\r\nBcc: all' }))).toContain('several-lines');
    expect(wrong(mail({ subject: 'x'.repeat(101) }))).toEqual(['too-long']);
    expect(wrong(mail({ subject: '😀'.repeat(100) }))).toEqual([]);
    expect(wrong(mail({ body: body + ' word'.repeat(500) }))).toEqual(['too-long']);
    for (const endless of ['a', ' ', '{', '.', '/', '1 ', '\n ']) {
      const began = performance.now();
      expect(wrong(mail({ body: endless.repeat(1_000_000) }))).toEqual(['too-long']);
      expect(wrong(mail({ body: endless.repeat(9_000) }))).not.toEqual([]);
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  });
});

describe('words that an admin types for a text message', () => {
  const standard = standardOf('code', 'sms').body;

  test('fit one message with the longest code, this name and this host (DEL-5, GEN-2)', () => {
    const room = (about: typeof service) => {
      let text = standard;
      while (sms(`${text}!`, about).ok) text += '!';
      return text;
    };
    const full = room(service);
    expect(gsmLength(longestText('code', service.appName, service.host, { subject: null, body: full }))).toBe(160);
    expect(sms(`${full}!`)).toMatchObject({ problems: [{ type: 'sms-too-long', length: 161, most: 160 }] });
    // Under a longer name or host the same words do not fit any more.
    expect(wrong(sms(full, { ...service, appName: 'Latchkey2' }))).toEqual(['sms-too-long']);
    expect(wrong(sms(full, { ...service, host: 'app2.example.test' }))).toEqual(['sms-too-long']);
  });

  test('count what takes two places twice, and name what is outside the alphabet', () => {
    expect(sms(`${standard} ł ż ł`)).toMatchObject({ problems: [{ type: 'not-in-sms', found: 'łż' }] });
    expect(wrong(sms(`${standard} €€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€`))).toEqual(['sms-too-long']);
    expect(wrong(sms(standard, { ...service, appName: 'Łódź' }))).toEqual(['not-in-sms']);
  });

  test('are one line: the last one is ours', () => {
    expect(wrong(sms(`${standard}\nmore`))).toEqual(['several-lines']);
  });

  test.each(smsKinds)('%s fits in every standard form', (kind) => {
    expect(gsmLength(longestText(kind, service.appName, service.host))).toBeLessThanOrEqual(160);
  });
});

test('what is filled in is not filled in again', () => {
  expect(fill('{app} {code} {link}', { app: '{code} $& $1', code: '482917' })).toBe('{code} $& $1 482917 {link}');
});

test('a kind that goes by no such channel has no words', () => {
  expect(checkWording('reset_invited' as WordedKind, 'sms', { subject: null, body: 'x' }, service).ok).toBe(false);
  expect(editableOf('alert', 'email')).toBeNull();
  expect(editableOf('constructor', 'email')).toBeNull();
});
