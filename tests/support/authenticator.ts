import { checkSecondStep } from '@/lib/second-factor/check';
import type { SecondStepDeps } from '@/lib/second-factor/deps';
import { acceptWord, confirmEnrolment, issueEnrolmentWord } from '@/lib/second-factor/enrol';
import { appShows } from './authenticator-app';
import { somebody, type World } from './world';

export const secondStepOf = (world: World, byInbox = false): SecondStepDeps => ({ ...world, byInbox });

export type TestAdmin = { id: string; email: string };

export async function anAdmin(world: World, email = 'admin@latchkey.test'): Promise<TestAdmin> {
  const { id } = await somebody(world, { email, phone: null });
  await world.db.user.update({ where: { id }, data: { role: 'admin' } });
  return { id, email };
}

/** Sets up an app with a word. @returns its secret and the recovery codes */
export async function enrols(world: World, { id }: TestAdmin): Promise<{ secret: string; recoveryCodes: string[] }> {
  const deps = secondStepOf(world);
  const word = await world.db.$transaction((tx) => issueEnrolmentWord(tx, id, world.clock.now()));
  const accepted = await acceptWord(deps, id, word);
  if (accepted.status !== 'right') throw new Error(accepted.status);
  const { secret } = accepted.enrolling;
  const outcome = await confirmEnrolment(deps, id, accepted.enrolling, appShows(secret, world.clock.now()));
  if (outcome.status !== 'enrolled') throw new Error(outcome.status);
  // The first code was the enrolment's.
  world.clock.advance(30_000);
  return { secret, recoveryCodes: outcome.recoveryCodes };
}

export const typesCode = (world: World, { id }: TestAdmin, code: unknown) =>
  checkSecondStep(secondStepOf(world), { userId: id, challengeId: '' }, code);
