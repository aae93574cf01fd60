import { type Clock, minutes, seconds } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { MessageContent } from '@/lib/delivery/messages';
import type { SendOutcome, Transports } from '@/lib/delivery/port';
import { render } from '@/lib/delivery/render';
import type { Keyring } from '@/lib/keys/keyring';
import { describeError, log } from '@/lib/log';
import { deriveCode } from '@/lib/otp/derive';
import { type ClaimedDelivery, claimDelivery, type DeliveryResult, findWaiting, recordResult } from './claim';

export type DispatchDeps = {
  db: Database;
  keyring: Keyring;
  clock: Clock;
  transports: Transports;
  appName: string;
  /** APP_URL, the one source of links and of the SMS's host (DEL-4). */
  origin: URL;
};

/** Nobody's addresses (RFC 2606, NANP fiction): a decoy is rendered for them and never leaves. */
const NOBODY = { email: 'nobody@decoy.invalid', sms: '+12025550100' } as const;
const abandoned = (errorCode: string): DeliveryResult => ({
  status: 'abandoned',
  provider: null,
  providerMessageId: null,
  errorCode,
});

/**
 * Claims a delivery, derives its code, renders, sends and records. A decoy passes every step but the socket (ENU-2).
 * @returns whether this call was the one that handled it
 */
export async function dispatchDelivery(deps: DispatchDeps, id: string): Promise<boolean> {
  const delivery = await claimDelivery(deps.db, id);
  if (!delivery) return false;
  const result = await carryOut(deps, delivery).catch((error: unknown): DeliveryResult => {
    log.error({ deliveryId: id, ...describeError(error) }, 'delivery failed unexpectedly');
    return { status: 'failed', provider: null, providerMessageId: null, errorCode: 'internal' };
  });
  await recordResult(deps.db, id, result);
  if (result.status === 'failed') log.warn({ deliveryId: id, errorCode: result.errorCode }, 'delivery failed');
  return true;
}

async function carryOut(deps: DispatchDeps, delivery: ClaimedDelivery): Promise<DeliveryResult> {
  const transport = deps.transports[delivery.channel];
  if (!transport) return abandoned('channel-not-configured');
  const content = contentOf(deps, delivery);
  if (typeof content === 'string') return abandoned(content);
  const to = delivery.recipient ?? NOBODY[delivery.channel];
  const message = await render(content, delivery.channel, to);
  if (delivery.recipient === null)
    return { status: 'sent', provider: transport.name, providerMessageId: null, errorCode: null };
  return resultOf(await transport.send(message));
}

/** @returns what to say, or why there is nothing to say any more */
function contentOf(deps: DispatchDeps, delivery: ClaimedDelivery): MessageContent | string {
  const { appName, origin } = deps;
  switch (delivery.kind) {
    case 'password_changed':
      return { kind: 'password_changed', appName, origin, at: delivery.queuedAt };
    case 'code': {
      if (!delivery.challenge) return 'challenge-missing';
      const code = deriveCode(deps.keyring, delivery.challenge);
      if (code === null) {
        log.warn({ deliveryId: delivery.id, keyId: delivery.challenge.keyId }, 'the key of a live code was retired');
        return 'key-retired';
      }
      const life = delivery.challenge.expiresAt.getTime() - deps.clock.now().getTime();
      // A dead or closed code would only mislead whoever receives it.
      if (life <= 0) return 'expired';
      if (delivery.challenge.closedAt) return 'closed';
      // A code that left a moment after its issue has "10 minutes", not 9: within 15 s the fuller one is said.
      const whole = Math.max(1, Math.floor((life + seconds(15)) / minutes(1)));
      const secondsLeft = Math.max(1, Math.floor(life / seconds(1)));
      return { kind: 'code', appName, origin, code, minutes: whole, secondsLeft };
    }
  }
}

function resultOf(outcome: SendOutcome): DeliveryResult {
  const { provider } = outcome;
  return outcome.status === 'sent'
    ? { status: 'sent', provider, providerMessageId: outcome.messageId, errorCode: null }
    : { status: 'failed', provider, providerMessageId: null, errorCode: outcome.code };
}

/** Sends what waits, a few at a time, until nothing does. @returns how many this call handled */
export async function sweep(deps: DispatchDeps): Promise<number> {
  let handled = 0;
  for (;;) {
    const ids = await findWaiting(deps.db, 10);
    const done = await Promise.all(ids.map((id) => dispatchDelivery(deps, id)));
    const mine = done.filter(Boolean).length;
    handled += mine;
    if (mine === 0) return handled;
  }
}
