import { alertWords } from '@/lib/alerts/words';
import type { Clock } from '@/lib/clock';
import { minutes, seconds } from '@/lib/clock';
import type { Keyring } from '@/lib/keys/keyring';
import { notMeUrl } from '@/lib/keys/not-me';
import { log } from '@/lib/log';
import type { MessageContent } from '@/lib/messages/content';
import { deriveCode } from '@/lib/otp/derive';
import type { ClaimedDelivery } from './claim';
import { NOTICE_LIFE_MS } from './decide';

export type ContentDeps = {
  keyring: Keyring;
  clock: Clock;
  appName: string;
  /** APP_URL, the one source of links and of the SMS's host (DEL-4). */
  origin: URL;
};

/** What to say and for how many ms it is worth saying, or why there is nothing to say any more. */
export type Said = { content: MessageContent; lifeMs: number } | { nothing: string };

/** Codes run on the app's clock, leases on the database's (DEL-9). */
export function contentOf(deps: ContentDeps, delivery: ClaimedDelivery): Said {
  const { appName, origin } = deps;
  const now = deps.clock.now().getTime();
  switch (delivery.kind) {
    case 'alert_began':
    case 'alert_ended':
    case 'reset_invited':
    case 'second_step_guessed':
    case 'guessing':
    case 'operator_needed':
    case 'password_changed': {
      const { kind, queuedAt: at, challenge } = delivery;
      const lifeMs = at.getTime() + NOTICE_LIFE_MS - now;
      if (lifeMs <= 0) return { nothing: 'expired' };
      if (kind === 'alert_began' || kind === 'alert_ended') {
        const { incident } = delivery;
        if (!incident) return { nothing: 'incident-missing' };
        const words = alertWords(incident);
        return {
          content: { kind: 'alert', appName, origin, at: incident.at, ended: kind === 'alert_ended', words },
          lifeMs,
        };
      }
      if (kind === 'reset_invited' || kind === 'second_step_guessed')
        return { content: { kind, appName, origin, at }, lifeMs };
      if (kind === 'operator_needed' || kind === 'guessing')
        return { content: { kind, appName, origin, at, account: delivery.account }, lifeMs };
      const trusted = delivery.distrusted ? null : challenge;
      const notMe = trusted && notMeUrl(deps.keyring, origin, 'dispute_password', trusted.keyId, trusted.id);
      return { content: { kind, appName, origin, at, notMe }, lifeMs };
    }
    case 'second_step':
    case 'code': {
      const { challenge } = delivery;
      if (!challenge) return { nothing: 'challenge-missing' };
      const code = deriveCode(deps.keyring, challenge);
      if (code === null) {
        log.warn({ deliveryId: delivery.id, keyId: challenge.keyId }, 'the key of a live code was retired');
        return { nothing: 'key-retired' };
      }
      const lifeMs = challenge.expiresAt.getTime() - now;
      // A dead, used or closed code would only mislead whoever receives it.
      if (lifeMs <= 0) return { nothing: 'expired' };
      if (challenge.consumedAt) return { nothing: 'used' };
      if (challenge.closedAt) return { nothing: 'closed' };
      // A code that left a moment after its issue has "10 minutes", not 9: within 15 s the fuller one is said.
      const whole = Math.max(1, Math.floor((lifeMs + seconds(15)) / minutes(1)));
      const secondsLeft = Math.max(1, Math.floor(lifeMs / seconds(1)));
      if (delivery.kind === 'second_step')
        return { content: { kind: 'second_step', appName, origin, code, minutes: whole }, lifeMs };
      const notMe = notMeUrl(deps.keyring, origin, 'close_challenge', challenge.keyId, challenge.id);
      return { content: { kind: 'code', appName, origin, code, minutes: whole, secondsLeft, notMe }, lifeMs };
    }
  }
}
