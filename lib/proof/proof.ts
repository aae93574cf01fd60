import { randomInt } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import type { Caller } from '@/lib/caller';
import { plus } from '@/lib/clock';
import { hmacParts, type Keyring } from '@/lib/keys/keyring';
import { policies } from '@/lib/limits/policies';
import { type Work, workAt } from './marks';

/** What a client is asked for: it goes into the form, and comes back in the field `proof`. */
export type Asked = {
  /** JSON with a signed challenge, to which a solution is added. */
  challenge: string;
  /** When it passes unsolved, in whole seconds from now: the way without JavaScript. */
  seconds: number;
};

/** What a field `proof` is worth before the database has said whether it was used. */
export type Checked =
  | { status: 'none' }
  | { status: 'solved'; id: string; level: number }
  /** Ours and unsolved. It passes from then on, once, where so long a wait is enough. */
  | { status: 'unsolved'; id: string; level: number; from: Date; waitMs: number; challenge: string };

/** How long whoever brings no solution waits where a network or everybody is strained, ms. */
export const STRAINED_WAIT_MS = policies['proof-wait'].windowMs;

/** Longer than any of ours. */
const LONGEST = 2_000;
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const shape = z.strictObject({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal('PBKDF2/SHA-256'),
      cost: z.int().positive(),
      data: z.strictObject({
        from: z.int().nonnegative().max(8.64e15),
        key: z.string().max(100),
        level: z.int().nonnegative(),
        wait: z.int().nonnegative(),
      }),
      expiresAt: z.int().positive(),
      keyLength: z.literal(32),
      keyPrefix: hex(32),
      keySignature: hex(64),
      nonce: hex(32),
      salt: hex(32),
    }),
    signature: hex(64),
  }),
  solution: z.strictObject({ counter: z.int(), derivedKey: hex(64) }).optional(),
});

/** The address is part of the secrets, not of the challenge: what was made for one client is forged for another. */
const secretsOf = (key: Buffer, address: string) => ({
  hmacSignatureSecret: hmacParts(key, ['challenge', address]).toString('base64url'),
  hmacKeySignatureSecret: hmacParts(key, ['solution', address]).toString('base64url'),
});

/**
 * A new challenge for this client, for five minutes, signed by the current key.
 * @param wait ms after which it passes unsolved
 */
export async function newChallenge(
  { keyring, caller }: { keyring: Keyring; caller: Caller },
  now: Date,
  work: Work = workAt(0),
  wait: number = STRAINED_WAIT_MS,
): Promise<Asked> {
  const key = keyring.key(keyring.currentId, 'proof');
  if (!key) throw new Error('The current key is not in its own ring.');
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: work.rounds,
    counter: randomInt(work.fewest, work.most + 1),
    deriveKey,
    expiresAt: plus(now, policies.proof.windowMs),
    data: { key: keyring.currentId, from: plus(now, wait).getTime(), level: work.level, wait },
    ...secretsOf(key, caller.address),
  });
  return { challenge: JSON.stringify({ challenge }), seconds: Math.ceil(wait / 1000) };
}

/**
 * Judges what came in the field `proof`, by its signature alone: pure computing, before the statement that counts.
 * Whatever came, it does not throw. Forged, expired, of another client, by a retired key, wrongly solved: `none`.
 */
export async function checkProof(
  { keyring, caller }: { keyring: Keyring; caller: Caller },
  now: Date,
): Promise<Checked> {
  const parsed = shape.safeParse(parse(caller.proof));
  if (!parsed.success) return { status: 'none' };
  const { challenge, solution } = parsed.data;
  const { data, expiresAt, nonce: id } = challenge.parameters;
  const key = keyring.key(data.key, 'proof');
  if (!key || expiresAt * 1000 <= now.getTime()) return { status: 'none' };
  const { verified, invalidSignature } = await verifySolution({
    challenge,
    solution: solution ?? { counter: 0, derivedKey: '' },
    deriveKey,
    ...secretsOf(key, caller.address),
  });
  const { level, wait: waitMs } = data;
  if (verified) return { status: 'solved', id, level };
  if (solution || invalidSignature !== false) return { status: 'none' };
  return { status: 'unsolved', id, level, from: new Date(data.from), waitMs, challenge: JSON.stringify({ challenge }) };
}

function parse(sent: unknown): unknown {
  if (typeof sent !== 'string' || sent.length > LONGEST) return undefined;
  try {
    return JSON.parse(sent);
  } catch {
    return undefined;
  }
}
