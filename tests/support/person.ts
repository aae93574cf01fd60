import type { Channel } from '@/lib/otp/challenge';
import type { Flow } from '@/lib/reset/flow';
import { requestCode } from '@/lib/reset/request-code';
import { type ResendOutcome, resendCode } from '@/lib/reset/resend-code';
import { type SetPasswordOutcome, setPassword } from '@/lib/reset/set-password';
import { start } from '@/lib/reset/start';
import { type VerifyOutcome, verifyCode } from '@/lib/reset/verify-code';
import { withProof } from './proofs';
import { deliver, latestCode, type World } from './world';

/** Someone at a browser, which works where it is asked to (RL-2). The flow is what the browser's sealed cookie holds. */
export type Visitor = {
  flow: Flow;
  resends(channel?: Channel): Promise<ResendOutcome>;
  types(code: unknown): Promise<VerifyOutcome>;
  typesTheCode(): Promise<VerifyOutcome>;
  chooses(password: unknown, confirm?: unknown): Promise<SetPasswordOutcome>;
};

/** Types an address, chooses a channel, gets the message. */
export async function asksForCode(world: World, email: string, channel: Channel = 'email'): Promise<Visitor> {
  const started = start(email, world.clock.now());
  if (started.status !== 'started') throw new Error(`refused: ${started.problem}`);
  const requested = await withProof(world, (here) => requestCode(here, started.flow, channel));
  if (requested.status !== 'requested') throw new Error(requested.status);
  await deliver(world);
  return takesUp(world, requested.flow);
}

/** Goes on where a flow stands, in the browser that holds it. */
export function takesUp(world: World, flow: Flow): Visitor {
  const visitor: Visitor = {
    flow,
    async resends(by = visitor.flow.channel ?? 'email') {
      const outcome = await withProof(world, (here) => resendCode(here, visitor.flow, by));
      if (outcome.status === 'resent') visitor.flow = outcome.flow;
      await deliver(world);
      return outcome;
    },
    async types(code) {
      const outcome = await withProof(world, (here) => verifyCode(here, visitor.flow, code));
      if (outcome.status === 'proved') visitor.flow = outcome.flow;
      return outcome;
    },
    typesTheCode: async () => visitor.types(await latestCode(world)),
    async chooses(password, confirm = password) {
      const outcome = await setPassword(world, visitor.flow, { password, confirmPassword: confirm });
      if (outcome.status === 'changed') visitor.flow = outcome.flow;
      await deliver(world);
      return outcome;
    },
  };
  return visitor;
}

/** A well-formed code that is not this one. */
export const notThe = (code: string): string =>
  String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');
