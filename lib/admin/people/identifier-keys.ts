import type { Keyring } from '@/lib/keys/keyring';
import { carriedKeys } from '@/lib/limits/carried';
import { foldedEmail } from '@/lib/limits/folded';
import { counterKey } from '@/lib/limits/policies';
import { addressBucket, deviceBucket } from '@/lib/otp/guesses';
import { signInKey } from '@/lib/session/sign-in-limits';

/**
 * Every row that counts something against one person's address, or against a device that their account knows: what an
 * admin may clear. Pairs of an address and a network are not among them: which networks there were, nobody keeps.
 * @param email as `normaliseEmail` gives it
 */
export function identifierKeys(keyring: Keyring, email: string, deviceIds: readonly string[]): string[] {
  const identifier = keyring.pepperedHash('identifier', foldedEmail(email));
  const sends = (
    ['send-identifier-hour', 'send-identifier-day', 'send-waited-hour', 'send-waited-day'] as const
  ).flatMap((policy) => ['email', 'sms'].map((channel) => counterKey(policy, `${channel}:${identifier}`)));
  const carried = carriedKeys(keyring.pepperedHash('identifier', email));
  const devices = deviceIds.flatMap((id) => [
    deviceBucket(id),
    `sign-in-device:${id}`,
    counterKey('send-device-hour', id),
    counterKey('send-device-day', id),
  ]);
  return [addressBucket(keyring, email), signInKey(keyring, email), ...sends, ...carried, ...devices];
}
