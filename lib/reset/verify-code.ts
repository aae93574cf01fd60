import { attemptChallenge } from '@/lib/otp/challenge';
import { readCode } from '@/lib/otp/read-code';
import type { ResetDeps } from './deps';
import type { Flow } from './flow';

export type VerifyOutcome =
  | { status: 'proved'; flow: Flow }
  /** What was typed is no code at all: no attempt was spent. */
  | { status: 'refused'; problem: 'empty' | 'malformed' }
  | { status: 'wrong'; triesLeft: number }
  | { status: 'exhausted' | 'expired' | 'start-again' };

/** @param typed anything a form sent. A proof moves the flow on with its grant (FLO-2). */
export async function verifyCode(deps: ResetDeps, flow: Flow, typed: unknown): Promise<VerifyOutcome> {
  const { db, keyring, clock } = deps;
  const code = readCode(typed);
  if (!code.ok) return { status: 'refused', problem: code.problem };
  const now = clock.now();
  const input = { id: flow.challengeId, purpose: 'password_reset' as const, digits: code.digits, now };
  const attempt = await attemptChallenge(db, keyring, input);
  switch (attempt.status) {
    case 'proved':
      return { status: 'proved', flow: { ...flow, grant: attempt.grant } };
    case 'wrong':
      return { status: 'wrong', triesLeft: attempt.triesLeft };
    case 'exhausted':
    case 'expired':
      return { status: attempt.status };
    case 'missing':
      return { status: 'start-again' };
  }
}
