import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

/** Longer than any phone needs: waiting is the better way then. */
const LONGEST_MS = 30_000;

/**
 * Works.
 * @param asked the challenge as the server wrote it
 * @returns what the field `proof` brings; null where it takes too long. Throws where a browser has no WebCrypto, as on
 * a page that came over HTTP
 */
export async function solve(asked: string): Promise<string | null> {
  const { challenge } = JSON.parse(asked);
  const solution = await solveChallenge({ challenge, deriveKey, timeout: LONGEST_MS });
  if (!solution) return null;
  const { counter, derivedKey } = solution;
  return JSON.stringify({ challenge, solution: { counter, derivedKey } });
}
