import { log } from '@/lib/log';
import { attemptChallenge, guessBudgets } from '@/lib/otp/attempt';
import { readCode } from '@/lib/otp/read-code';
import type { Asked } from '@/lib/proof/proof';
import type { ResetDeps } from './deps';
import type { Flow } from './flow';
import { tellOfGuessing } from './tell-of-guessing';

export type VerifyOutcome =
  | { status: 'proved'; flow: Flow }
  /** What was typed is no code at all: no attempt was spent. */
  | { status: 'refused'; problem: 'empty' | 'malformed' }
  | { status: 'wrong'; triesLeft: number }
  /** Too many wrong codes came from this network. No attempt was spent. */
  | { status: 'refused-here'; until: Date }
  /** This code may not be used any more, its successor may (VER-3). */
  | { status: 'too-short' }
  /** So much goes wrong that this browser must work first, or wait. No attempt was spent (RL-2). */
  | { status: 'prove'; proof: Asked }
  | { status: 'exhausted' | 'expired' | 'start-again' };

/** @param typed anything a form sent. A proof moves the flow on with its grant (FLO-2). */
export async function verifyCode(deps: ResetDeps, flow: Flow, typed: unknown): Promise<VerifyOutcome> {
  const { clock, caller, blocked } = deps;
  const code = readCode(typed);
  if (!code.ok) return { status: 'refused', problem: code.problem };
  const now = clock.now();
  const budgets = guessBudgets(caller).map(({ key }) => key);
  const until = blocked.until(budgets, caller, now);
  if (until) return { status: 'refused-here', until };
  const input = { id: flow.challengeId, purpose: 'password_reset' as const, digits: code.digits, now };
  const attempt = await attemptChallenge(
    { ...deps, tellOfGuessing: (about, at) => tellOfGuessing(deps.offered, about, at) },
    input,
  );
  log.info({ correlationId: flow.challengeId, outcome: attempt.status }, 'a code was typed');
  switch (attempt.status) {
    case 'proved':
      return { status: 'proved', flow: { ...flow, grant: attempt.grant } };
    case 'wrong':
      return { status: 'wrong', triesLeft: attempt.triesLeft };
    case 'refused':
      blocked.remember(attempt.keys, caller, attempt.until, now);
      return { status: 'refused-here', until: attempt.until };
    case 'prove':
      return attempt;
    case 'too-short':
    case 'exhausted':
    case 'expired':
      return { status: attempt.status };
    case 'missing':
      return { status: 'start-again' };
  }
}
