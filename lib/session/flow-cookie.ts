import 'server-only';
import { z } from 'zod';
import { container } from '@/lib/container';
import type { Flow } from '@/lib/reset/flow';
import { clearCookie, readCookie, writeCookie } from './cookies';
import { seal, unseal } from './seal';

/** Longer than a code and a grant together; the rows end earlier and decide (FLO-1). */
const TTL_SECONDS = 60 * 60;

const shape = z.strictObject({
  tag: z.string(),
  email: z.string(),
  challengeId: z.string(),
  startedAt: z.number(),
  channel: z.enum(['email', 'sms']).nullable(),
  // A flow that an older version sealed has none; it goes on.
  askedAt: z.number().nullable().default(null),
  grant: z.string().nullable(),
  doneAt: z.number().nullable(),
}) satisfies z.ZodType<Flow>;

/** @returns null where there is no flow, or where its seal does not hold */
export async function readFlow(): Promise<Flow | null> {
  const sealed = await readCookie('flow');
  if (!sealed) return null;
  const parsed = shape.safeParse(await unseal(container().keyring, 'flow', sealed, TTL_SECONDS));
  return parsed.success ? parsed.data : null;
}

/** Seals anew, so that a cookie copied before a step knows nothing of what the step gave (FLO-2). */
export async function writeFlow(flow: Flow): Promise<void> {
  await writeCookie('flow', await seal(container().keyring, 'flow', flow, TTL_SECONDS), TTL_SECONDS);
}

export const clearFlow = (): Promise<void> => clearCookie('flow');
