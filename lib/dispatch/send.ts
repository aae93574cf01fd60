import { maskRecipient } from '@/lib/delivery/mask';
import type { SendOutcome, Transport, Transports } from '@/lib/delivery/port';
import { render } from '@/lib/delivery/render';
import { describeError, log } from '@/lib/log';
import type { ClaimedDelivery } from './claim';
import { type ContentDeps, contentOf } from './content';
import { decide, type Refusal } from './decide';
import type { Result } from './results';

export type SendDeps = ContentDeps & {
  transports: Transports;
  /** In [0, 1), for the jitter of retries; Math.random where it is left out. */
  random?: () => number;
};

/** Nobody's addresses (RFC 2606, NANP fiction): a decoy is rendered for them and never leaves. */
const NOBODY = { email: 'nobody@decoy.invalid', sms: '+12025550100' } as const;

const blank = (delivery: ClaimedDelivery) => ({
  id: delivery.id,
  claim: delivery.claim,
  attempt: delivery.transport === null ? null : delivery.attempts,
  transport: delivery.transport,
  messageId: null,
  errorClass: null,
  errorCode: null,
  answer: null,
  retryInMs: 0,
  failover: null,
  recipientMasked: null,
  recipientHash: null,
  verdict: null,
  probe: delivery.probe,
});

/**
 * Derives a claimed delivery's code, renders and sends it. A decoy passes every step but the socket (ENU-2).
 * Never throws: a bug of ours is a passing failure, tried again while the code lives.
 */
export async function carryOut(deps: SendDeps, delivery: ClaimedDelivery): Promise<Result> {
  const said = contentOf(deps, delivery);
  if ('nothing' in said) return { ...blank(delivery), status: 'abandoned', errorCode: said.nothing };
  const transport = deps.transports[delivery.channel]?.find(({ name }) => name === delivery.transport);
  if (!transport) {
    const configured = (deps.transports[delivery.channel]?.length ?? 0) > 0;
    if (!configured && !delivery.otherChannel)
      return { ...blank(delivery), status: 'abandoned', errorCode: 'channel-not-configured' };
    return follow(deps, delivery, 'no-transport', 'no-transport', said.lifeMs);
  }
  try {
    const message = await render(said.content, delivery.channel, delivery.recipient ?? NOBODY[delivery.channel]);
    if (delivery.userId === null) return { ...blank(delivery), status: 'sent', answer: 'accepted' };
    if (delivery.recipient === null) return { ...blank(delivery), status: 'abandoned', errorCode: 'no-recipient' };
    const outcome = await transport.send(message, delivery.id);
    return { ...ended(deps, delivery, transport, outcome, said.lifeMs), ...kept(deps, delivery, delivery.recipient) };
  } catch (error) {
    log.error({ deliveryId: delivery.id, ...describeError(error) }, 'delivery failed unexpectedly');
    return follow(deps, delivery, { class: 'passing', stops: false }, 'internal', said.lifeMs);
  }
}

/** What the row keeps of its recipient: enough to find it by an exact address (RL-4, AUD-3). */
const kept = ({ keyring }: SendDeps, { channel }: ClaimedDelivery, to: string) => ({
  recipientMasked: maskRecipient(channel, to),
  recipientHash: keyring.pepperedHash('recipient', to),
});

function ended(
  deps: SendDeps,
  delivery: ClaimedDelivery,
  transport: Transport,
  outcome: SendOutcome,
  lifeMs: number,
): Result {
  const known = { correlationId: delivery.challenge?.id, deliveryId: delivery.id, transport: transport.name };
  if (outcome.status === 'sent') {
    log.info(known, 'delivery sent');
    return {
      ...blank(delivery),
      status: 'sent',
      messageId: outcome.messageId,
      answer: outcome.answer,
      verdict: 'works',
    };
  }
  const { class: errorClass, stops, code, answer } = outcome;
  log.warn({ ...known, errorClass, errorCode: code }, 'delivery failed');
  // What a provider says of one recipient or message proves that the provider works.
  const verdict = stops ? (errorClass === 'account' ? 'stop' : 'doubt') : 'works';
  // DEL-7: what is ours to mend, the operator must hear of.
  if (verdict === 'stop')
    log.error(
      { alert: 'transport-refused', transport: transport.name, errorCode: code },
      'a provider refuses our account',
    );
  return { ...follow(deps, delivery, { class: errorClass, stops }, code, lifeMs), answer, verdict };
}

function follow(deps: SendDeps, delivery: ClaimedDelivery, refusal: Refusal, code: string, lifeMs: number): Result {
  const { kind, attempts, channel } = delivery;
  const otherChannel = delivery.otherChannel && deps.transports[delivery.otherChannel] ? delivery.otherChannel : null;
  const otherTransport = (deps.transports[channel]?.length ?? 0) > 1;
  const next = decide(refusal, {
    kind,
    attempts,
    lifeMs,
    otherChannel,
    otherTransport,
    random: (deps.random ?? Math.random)(),
  });
  const errorClass = refusal === 'no-transport' ? null : refusal.class;
  const base = { ...blank(delivery), errorClass, errorCode: code };
  switch (next.action) {
    case 'retry':
      return { ...base, status: 'queued', retryInMs: next.inMs };
    case 'failover':
      return { ...base, status: 'failed', failover: next.to };
    case 'fail':
      return { ...base, status: 'failed' };
  }
}
