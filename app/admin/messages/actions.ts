'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { previewMessage } from '@/lib/admin/messages/preview-message';
import { sampleContent } from '@/lib/admin/messages/sample-content';
import { restoreWording, saveWording, type Which, wordingInForce } from '@/lib/admin/messages/wordings';
import { testToSelf } from '@/lib/admin/settings/test-to-self';
import { formOf, nextTurn, single } from '@/lib/form-state';
import { checkWording } from '@/lib/messages/check-wording';
import { render } from '@/lib/messages/render';
import { markedAsTest } from '@/lib/messages/test-message';
import { type Admin, adminAction } from '@/lib/session/admin';
import { requestDeps } from '@/lib/session/caller';
import { type TestState, testedWords } from '../tested';
import type { MessageNote } from './notes';
import { problemErrors } from './problem-words';
import { messagesPage, pageOf, versionIn, whichIn } from './which';
import type { WordingState } from './wording-state';

// Who is sent to the second step comes back to the list, and from there loads a message's page anew (proxy.ts).

async function depsOf(admin: Admin) {
  const deps = await requestDeps();
  return { ...deps, adminId: admin.userId, service: { appName: deps.appName, host: deps.origin.hostname } };
}

const typedIn = (form: FormData) => ({
  subject: single(form, 'subject') ?? null,
  body: single(form, 'body') ?? '',
});

/** The form as it was sent, to be shown again. */
function again(previous: WordingState | undefined, form: FormData): WordingState {
  const { subject, body } = typedIn(form);
  const seen = versionIn(single(form, 'seen')) ?? 0;
  return { turn: nextTurn(previous), values: { subject: subject ?? '', body }, seen };
}

const done = (which: Which, note: MessageNote): never => redirect(`${pageOf(which)}&note=${note}`);

/** Words go to everybody, so that saving them wants a fresh proof like what destroys (ADM-5). */
const save = adminAction(
  messagesPage,
  'destructive',
  async (admin, previous: WordingState, form: FormData, which: Which): Promise<WordingState> => {
    const state = again(previous, form);
    const saved = await saveWording(await depsOf(admin), which, state.seen ?? 0, typedIn(form));
    switch (saved.status) {
      case 'saved':
        return done(which, 'saved');
      case 'refused':
        return { ...state, errors: problemErrors(saved.problems) };
      case 'same':
        return { ...state, message: 'These words are in force already; nothing was changed.' };
      case 'changed-meanwhile':
        refresh();
        return {
          ...state,
          seen: saved.version,
          message: `Somebody else changed this a moment ago: version ${saved.version} is in force. What you typed is still here; saving it again puts it in the place of theirs.`,
        };
      case 'no-version':
        return done(which, 'no-version');
    }
  },
);

/** Shows the typed words as a message, or puts them in force. */
export const wordingAction = adminAction(
  messagesPage,
  'harmless',
  async (admin, previous: WordingState, sent: FormData): Promise<WordingState> => {
    const form = formOf(sent);
    const which = whichIn(form) ?? redirect(messagesPage);
    if (single(form, 'act') === 'save') return save(previous, form, which);
    const state = again(previous, form);
    const { service, appName, origin, clock } = await depsOf(admin);
    const checked = checkWording(which.kind, which.channel, typedIn(form), service);
    if (!checked.ok) return { ...state, errors: problemErrors(checked.problems) };
    const about = { appName, origin, at: clock.now() };
    return { ...state, preview: await previewMessage(which.kind, which.channel, checked.wording, about) };
  },
);

/** Puts an earlier version, or the standard words, in force again. */
export const restoreAction = adminAction(messagesPage, 'destructive', async (admin, sent: FormData): Promise<void> => {
  const form = formOf(sent);
  const which = whichIn(form) ?? redirect(messagesPage);
  const seen = versionIn(single(form, 'seen'));
  const version = versionIn(single(form, 'again'));
  if (seen === null || version === null) redirect(pageOf(which));
  done(which, (await restoreWording(await depsOf(admin), which, seen, version)).status);
});

/** Sends the message as people get it now, marked as a test, to whoever asks. */
export const testMessageAction = adminAction(
  messagesPage,
  'harmless',
  async (admin, previous: TestState, sent: FormData): Promise<TestState> => {
    const which = whichIn(formOf(sent)) ?? redirect(messagesPage);
    const deps = await depsOf(admin);
    const { wording } = await wordingInForce(deps.db, which);
    const checked = wording && checkWording(which.kind, which.channel, wording, deps.service);
    const words = checked?.ok ? checked.wording : null;
    const content = sampleContent(which.kind, { ...deps, at: deps.clock.now() });
    const name = deps.transports[which.channel]?.[0]?.name ?? '';
    const tested = await testToSelf(deps, name, async (_transport, to) =>
      markedAsTest(await render(content, which.channel, to, words)),
    );
    return { turn: nextTurn(previous), ...testedWords(tested) };
  },
);
