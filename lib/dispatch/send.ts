import { maskRecipient } from '@/lib/delivery/mask';
import type { SendOutcome, Transport, Transports } from '@/lib/delivery/port';
import { tookNothing } from '@/lib/delivery/twilio/not-taken';
import { describeError, log } from '@/lib/log';
import { render } from '@/lib/messages/render';
import type { Permit, SmsGate, Withheld } from '@/lib/sms-budget/gate';
import { within } from '@/lib/within';
import type { ClaimedDelivery } from './claim';
import { type ContentDeps, contentOf } from './content';
import { decide, type Refusal } from './decide';
import type { Result } from './results';
import type { WordingsInForce } from './wordings-in-force';

export type SendDeps = ContentDeps & {
  transports: Transports;
  /** In [0, 1), for the jitter of retries; Math.random where it is left out. */
  random?: () => number;
};

/** A transport ends within 20 s by itself (DEL-1); one that does not loses its place to the next message (TIM-2). */
const SEND_MS = 25_000;

/** What all sends of a dispatcher share. */
export type Shared = { gate: SmsGate; wordings: WordingsInForce };

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
  unused: false,
  country: null,
  cost: null,
  giveBack: null,
});

/**
 * Derives a claimed delivery's code, renders and sends it. A decoy passes every step but the socket (ENU-2).
 * An SMS asks the gate last of all, so that only what really leaves spends anything (RL-6).
 * Never throws: a bug of ours is a passing failure, tried again while the code lives.
 */
export async function carryOut(deps: SendDeps, delivery: ClaimedDelivery, { gate, wordings }: Shared): Promise<Result> {
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
    const wording = await wordings.of(delivery.kind, delivery.channel);
    const to = delivery.recipient ?? NOBODY[delivery.channel];
    const message = await render(said.content, delivery.channel, to, wording);
    if (delivery.userId === null) return { ...blank(delivery), status: 'sent', answer: 'accepted' };
    if (delivery.recipient === null) return { ...blank(delivery), status: 'abandoned', errorCode: 'no-recipient' };
    const permit = delivery.channel === 'sms' ? await gate.ask(delivery.recipient) : null;
    const own = kept(deps, delivery, delivery.recipient);
    if (permit?.status === 'withheld') return { ...withheld(deps, delivery, permit.code, said.lifeMs), ...own };
    const outcome = await within(SEND_MS, transport.send(message, delivery.id));
    const result = ended(deps, delivery, transport, outcome, said.lifeMs);
    return { ...result, ...own, ...(permit ? charged(delivery, outcome, permit) : {}) };
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

/** What it cost. Where nobody knows whether the provider took it, it did: a budget is never exceeded. */
function charged(
  { cost }: ClaimedDelivery,
  outcome: SendOutcome,
  { country, micros, day }: Extract<Permit, { status: 'granted' }>,
): Pick<Result, 'country' | 'cost' | 'giveBack'> {
  if (outcome.status === 'failed' && tookNothing(outcome.code))
    return { country: null, cost: null, giveBack: micros === null ? null : { country, day, micros } };
  return { country, cost: micros === null ? cost : (cost ?? 0) + micros, giveBack: null };
}

/** A country that gets no SMS concerns this recipient alone; a stop or a budget concerns whoever runs the service. */
function withheld(deps: SendDeps, delivery: ClaimedDelivery, code: Withheld, lifeMs: number): Result {
  log.warn({ deliveryId: delivery.id, errorCode: code }, 'an SMS was withheld');
  const refusal = code === 'country-not-allowed' ? ({ class: 'recipient', stops: false } as const) : 'withheld';
  return { ...follow(deps, delivery, refusal, code, lifeMs), unused: true };
}

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
  const errorClass = refusal === 'no-transport' ? null : refusal === 'withheld' ? 'account' : refusal.class;
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
