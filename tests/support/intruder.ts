import type { Channel } from '@/lib/otp/challenge';
import { actNotMe } from '@/lib/reset/not-me';
import { changedMail, linkIn } from './notices';
import { asksForCode, type Visitor } from './person';
import { deliver, type World } from './world';

export const theirs = 'an intruder’s password';

/** Somebody resets Ana’s password. @returns the link of the mail that tells her */
export async function intruderResets(world: World, by: Channel = 'email'): Promise<{ token: string; theirs: Visitor }> {
  const intruder = await asksForCode(world, 'ana@latchkey.test', by);
  await intruder.typesTheCode();
  await intruder.chooses(theirs);
  return { token: await linkIn(world, changedMail), theirs: intruder };
}

/** Presses the link’s button, and the code that follows arrives. @throws where none does */
export async function disputes(world: World, token: string) {
  const outcome = await actNotMe(world, token);
  await deliver(world);
  if (outcome.status !== 'disputed') throw new Error(outcome.status);
  return outcome;
}
