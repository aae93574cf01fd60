import { alertWords } from '@/lib/alerts/words';
import type { MessageContent } from '@/lib/messages/content';

/** Every message that there is, in the order in which people meet them. */
export const messageKinds = [
  'code',
  'password_changed',
  'guessing',
  'reset_invited',
  'second_step',
  'operator_needed',
  'second_step_guessed',
  'alert',
] as const satisfies readonly MessageContent['kind'][];
export type MessageKind = (typeof messageKinds)[number];

/** What previews and tests say. It was never issued, so it opens nothing. */
const madeUpCode = '123456';

/** A message of each kind about nobody, as a preview or a test shows it. */
export function sampleContent(
  kind: MessageKind,
  { appName, origin, at }: { appName: string; origin: URL; at: Date },
): MessageContent {
  const about = { appName, origin };
  const notMe = new URL('/not-me?token=sample', origin);
  switch (kind) {
    case 'code':
      return { kind, ...about, code: madeUpCode, minutes: 10, secondsLeft: 600, notMe };
    case 'second_step':
      return { kind, ...about, code: madeUpCode, minutes: 10 };
    case 'password_changed':
      return { kind, ...about, at, notMe };
    case 'guessing':
      return { kind, ...about, at, account: null };
    case 'reset_invited':
    case 'second_step_guessed':
      return { kind, ...about, at };
    case 'operator_needed':
      return { kind, ...about, at, account: 'somebody@example.com' };
    case 'alert': {
      const words = alertWords({ kind: 'provider_down', about: 'smtp', figures: { error: 'ETIMEDOUT' } });
      return { kind, ...about, at, ended: false, words };
    }
  }
}
