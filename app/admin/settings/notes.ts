/** What an act on this page came to, by the word that the page's address carries. */
const notes = {
  tried: ['good', 'The next message tries it.'],
  'not-stopped': ['info', 'It was not stopped any more.'],
  'too-many': ['bad', 'You have sent as many messages by hand as an hour allows. Wait a while; nothing was sent now.'],
} as const;

type Note = readonly ['good' | 'bad' | 'info', string];

/** @param word anything a query string brought */
export function settingsNote(word: unknown): Note | null {
  if (typeof word !== 'string') return null;
  if (Object.hasOwn(notes, word)) return notes[word as keyof typeof notes];
  const [, answer] = /^alert-(\d{3}|none|unreached)$/.exec(word) ?? [];
  if (!answer) return null;
  if (answer === 'none') return ['bad', 'The webhook did not answer within five seconds.'];
  if (answer === 'unreached')
    return ['bad', 'The webhook could not be reached: is ALERT_WEBHOOK_URL right, and does this server get out?'];
  return answer.startsWith('2')
    ? ['good', `The webhook took the test alert (HTTP ${answer}).`]
    : ['bad', `The webhook refused the test alert (HTTP ${answer}). Make its address anew where it came from.`];
}

/** The word for how the webhook answered. */
export const answerWord = (answer: string): string =>
  `alert-${/^HTTP (\d{3})$/.exec(answer)?.[1] ?? (answer === 'no answer' ? 'none' : 'unreached')}`;
