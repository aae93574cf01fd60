import type { Channel, OutgoingMessage } from '@/lib/delivery/port';

/** What the text of a test begins with; every text leaves room for it (wording.ts). */
export const testMark = 'Test: ';

/** Seconds that a test is worth delivering. */
const worth = 600;

/** A message that nobody can take for a code. */
export function testMessage(channel: Channel, to: string, appName: string): OutgoingMessage {
  if (channel === 'sms')
    return { channel, to, text: `A test from ${appName}: text messages work.`, validitySeconds: worth };
  const text = `This is a test from ${appName}. Email works: codes will arrive like this message did.`;
  const html = `<!DOCTYPE html><html lang="en"><body><p>${escapeHtml(text)}</p></body></html>`;
  return { channel, to, subject: `A test from ${appName}`, text: `${text}\n`, html };
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const notice = 'This is a test that you sent to yourself. Its code and its links open nothing.';

/** The same message, but nobody takes it for a real one. In a text it is one word: there is no room for more. */
export function markedAsTest(message: OutgoingMessage): OutgoingMessage {
  if (message.channel === 'sms') return { ...message, text: testMark + message.text, validitySeconds: worth };
  const line = `<p class="lk-ink" style="margin:0 auto 14px;max-width:460px;font-size:14px">${notice}</p>`;
  return {
    ...message,
    subject: testMark + message.subject,
    text: `${notice}\n\n${message.text}`,
    html: message.html.replace(/<body\b[^>]*>/, (body) => body + line),
  };
}
