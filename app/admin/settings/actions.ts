'use server';

import { redirect } from 'next/navigation';
import { tooManyByHand } from '@/lib/admin/by-hand';
import { testToSelf } from '@/lib/admin/settings/test-to-self';
import { tryTransport } from '@/lib/admin/settings/try-transport';
import { testAlert } from '@/lib/alerts/test-alert';
import { formOf, nextTurn, single } from '@/lib/form-state';
import { testMessage } from '@/lib/messages/test-message';
import { adminAction } from '@/lib/session/admin';
import { requestDeps } from '@/lib/session/caller';
import { type TestState, testedWords } from '../tested';
import { answerWord } from './notes';

const page = '/admin/settings';

/** Lets the next message try a provider that was stopped. */
export const tryTransportAction = adminAction(page, 'harmless', async (admin, sent: FormData): Promise<void> => {
  const deps = { ...(await requestDeps()), adminId: admin.userId };
  const tried = await tryTransport(deps, single(formOf(sent), 'transport') ?? '');
  redirect(`${page}?note=${tried ? 'tried' : 'not-stopped'}`);
});

/** Posts a test to the webhook. */
export const testAlertAction = adminAction(page, 'harmless', async (admin): Promise<void> => {
  const deps = { ...(await requestDeps()), adminId: admin.userId };
  if (await tooManyByHand(deps.db, deps, deps.clock.now())) redirect(`${page}?note=too-many`);
  const tested = await testAlert(deps);
  redirect(tested ? `${page}?note=${answerWord(tested.answer)}` : page);
});

/** Sends a test by one way to whoever asks, and says what the provider answered. */
export const sendTestAction = adminAction(
  page,
  'harmless',
  async (admin, previous: TestState, sent: FormData): Promise<TestState> => {
    const deps = { ...(await requestDeps()), adminId: admin.userId };
    const tested = await testToSelf(deps, single(formOf(sent), 'transport') ?? '', ({ channel }, to) =>
      testMessage(channel, to, deps.appName),
    );
    return { turn: nextTurn(previous), ...testedWords(tested) };
  },
);
