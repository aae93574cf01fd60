import type { DemoSignIn } from '../../prisma/seed';
import { describeSignIns } from './seeding';

/** What whoever started a demonstration wants to know, in one look. */
export function banner(url: string, signIns: DemoSignIn[], storage: string): string {
  const lines = [
    '',
    `  Latchkey   ${url}`,
    `  Inbox      ${new URL('/dev/inbox', url).href}`,
    `  Data       ${storage}`,
    ...describeSignIns(signIns).map((line, index) => `${index === 0 ? '  Sign in    ' : '             '}${line}`),
    '',
  ];
  return lines.join('\n');
}
