import type { Channel } from '@/lib/otp/challenge';
import { asksForCode, type Visitor } from './person';
import { fromElsewhere, type World } from './world';

/** Types a code that is wrong, as often as said. @returns the outcomes' names */
export async function guesses(visitor: Visitor, times: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let guess = 0; guess < times; guess += 1) {
    const { status } = await visitor.types(guess % 2 ? '000000' : '000001');
    outcomes.push(status);
  }
  return outcomes;
}

/** Asks for a code from a network of its own, and guesses at it. */
export async function attacks(
  world: World,
  email: string,
  times: number,
  channel: Channel = 'email',
): Promise<Visitor> {
  const visitor = await asksForCode(fromElsewhere(world), email, channel);
  await guesses(visitor, times);
  return visitor;
}

/** How many digits the code of this visitor's challenge has; no page ever says it. */
export async function digitsOf(world: World, { flow }: Visitor): Promise<number> {
  return (await world.db.challenge.findUniqueOrThrow({ where: { id: flow.challengeId } })).digits;
}
