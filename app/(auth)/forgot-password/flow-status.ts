import 'server-only';
import { container } from '@/lib/container';
import type { Flow } from '@/lib/reset/flow';
import { type DeliveryStep, ownDelivery } from '@/lib/status/delivery-status';
import { healthMemo } from '@/lib/status/health-memo';
import { deliveryWords, type HealthLine, healthWords } from './status-words';

export type FlowStatus = {
  health: HealthLine;
  /** For a device that the account knows, and for nobody else. */
  delivery?: { words: string; steps: readonly DeliveryStep[] };
};

/**
 * What this browser may know. Without a device cookie nothing is asked about the challenge, so that nothing about it
 * can show: the answer is the channel's health, the same for a real flow and a decoy, with the database or without it
 * (ENU-1). With one, a single statement decides; where that fails, it throws for everybody alike.
 * @param deviceIds what the sealed device cookie holds
 */
export async function statusOf(flow: Flow, deviceIds: readonly string[]): Promise<FlowStatus> {
  const { db, keyring, clock, offered } = container();
  const channel = flow.channel ?? 'email';
  const all = await healthMemo().current({ db, keyring, clock });
  const health = { state: all[channel], words: healthWords(channel, all, offered) };
  const steps = await ownDelivery(db, { challengeId: flow.challengeId, deviceIds });
  return steps ? { health, delivery: { words: deliveryWords(steps), steps } } : { health };
}
