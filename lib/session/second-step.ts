import 'server-only';
import { z } from 'zod';
import { container } from '@/lib/container';
import { configuredTransports } from '@/lib/env/env';
import type { SecondStepDeps } from '@/lib/second-factor/deps';
import { PENDING_MS, type Pending } from '@/lib/second-factor/pending';
import { livingPending, openPending } from '@/lib/second-factor/pending-row';
import { requestDeps } from './caller';
import { clearCookie, readCookie, writeCookie } from './cookies';
import { seal, unseal } from './seal';
import { type CountedSignIn, nothingCounted } from './sign-in-limits';

const TTL_SECONDS = PENDING_MS / 1_000;

const shape = z.strictObject({
  id: z.string().min(1),
  userId: z.uuid(),
  passwordVersion: z.number(),
  next: z.string(),
  challengeId: z.string(),
  enrolling: z.strictObject({ wordHash: z.string(), secret: z.string() }).nullable(),
  recoveryCodes: z.array(z.string()).nullable(),
}) satisfies z.ZodType<Pending>;

const countedShape = z.object({
  addressKeys: z.array(z.string()),
  failuresKey: z.string(),
  hourKey: z.string(),
}) satisfies z.ZodType<CountedSignIn>;

/**
 * @returns null where nobody's password fitted a moment ago, where the seal does not hold, or where its row is spent;
 * `counted` is what the password's try counted
 */
export async function readPending(): Promise<{ pending: Pending; counted: CountedSignIn } | null> {
  const sealed = await readCookie('second-step');
  if (!sealed) return null;
  const parsed = shape.safeParse(await unseal(container().keyring, 'second-step', sealed, TTL_SECONDS));
  const living = parsed.success ? await livingPending(container(), parsed.data) : null;
  if (!living) return null;
  const counted = countedShape.safeParse(living.counted);
  return { pending: living.pending, counted: counted.success ? counted.data : nothingCounted };
}

/** Seals anew at every step. The first time it makes the row. @param counted what the password's try counted */
export async function writePending(pending: Pending, counted: CountedSignIn = nothingCounted): Promise<void> {
  const kept = pending.id === '' ? await openPending(container(), pending, counted) : pending;
  const sealed = await seal(container().keyring, 'second-step', kept, TTL_SECONDS);
  await writeCookie('second-step', sealed, TTL_SECONDS);
}

export const clearPending = (): Promise<void> => clearCookie('second-step');

/** What the use-cases of the second step are given where a page or an action calls them. */
export async function secondStepDeps(): Promise<SecondStepDeps> {
  const deps = await requestDeps();
  return { ...deps, byInbox: configuredTransports(deps.env).email === 'inbox' };
}
