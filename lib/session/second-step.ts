import 'server-only';
import { z } from 'zod';
import { container } from '@/lib/container';
import { configuredTransports } from '@/lib/env/env';
import type { SecondStepDeps } from '@/lib/second-factor/deps';
import { PENDING_MS, type Pending } from '@/lib/second-factor/pending';
import { requestDeps } from './caller';
import { clearCookie, readCookie, writeCookie } from './cookies';
import { seal, unseal } from './seal';

const TTL_SECONDS = PENDING_MS / 1_000;

const shape = z.strictObject({
  userId: z.uuid(),
  passwordVersion: z.number(),
  next: z.string(),
  challengeId: z.string(),
  enrolling: z.strictObject({ wordHash: z.string(), secret: z.string() }).nullable(),
  recoveryCodes: z.array(z.string()).nullable(),
}) satisfies z.ZodType<Pending>;

/** @returns null where nobody's password fitted a moment ago, or where the seal does not hold */
export async function readPending(): Promise<Pending | null> {
  const sealed = await readCookie('second-step');
  if (!sealed) return null;
  const parsed = shape.safeParse(await unseal(container().keyring, 'second-step', sealed, TTL_SECONDS));
  return parsed.success ? parsed.data : null;
}

/** Seals anew at every step. */
export async function writePending(pending: Pending): Promise<void> {
  const sealed = await seal(container().keyring, 'second-step', pending, TTL_SECONDS);
  await writeCookie('second-step', sealed, TTL_SECONDS);
}

export const clearPending = (): Promise<void> => clearCookie('second-step');

/** What the use-cases of the second step are given where a page or an action calls them. */
export async function secondStepDeps(): Promise<SecondStepDeps> {
  const deps = await requestDeps();
  return { ...deps, byInbox: configuredTransports(deps.env).email === 'inbox' };
}
