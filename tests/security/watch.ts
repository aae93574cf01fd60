import type { Page } from '@playwright/test';

export type Watched = {
  /** What the console said in earnest, uncaught errors, and what a policy stopped. */
  problems: string[];
  /** Where anything at all was asked for. */
  origins: Set<string>;
};

/** Watches a page from now on. @param expected words of a message that belong to the test */
export function watch(page: Page, expected = /(?!)/): Watched {
  const problems: string[] = [];
  const origins = new Set<string>();
  const note = (text: string) => !expected.test(text) && problems.push(text);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) note(message.text());
  });
  page.on('pageerror', (error) => note(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) origins.add(new URL(request.url()).origin);
  });
  return { problems, origins };
}
