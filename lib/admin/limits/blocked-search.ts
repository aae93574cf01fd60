import { identifierKeys } from '@/lib/admin/people/identifier-keys';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { addressKey } from '@/lib/limits/client-address';
import { widerNetworks } from '@/lib/limits/networks';
import { counterKey, type PolicyName, policies } from '@/lib/limits/policies';
import type { Policy } from '@/lib/limits/policy';
import { secondStepBucket } from '@/lib/otp/guesses';
import { normaliseEmail, normalisePhone } from '@/lib/users/identifiers';

/** Whose rows were looked for, and how they are called in the table: by keyed hashes (AUD-3). */
export type Sought =
  | { status: 'network'; keys: string[] }
  | { status: 'person'; keys: string[]; personId: string | null }
  | { status: 'unreadable' };

const by = (subject: Policy['by']): PolicyName[] =>
  (Object.keys(policies) as PolicyName[]).filter((name) => policies[name].by === subject);

/** @param typed a network address, an email address or a number */
export async function seekBlocked({ db, keyring }: { db: Database; keyring: Keyring }, typed: string): Promise<Sought> {
  const network = addressKey(typed.trim());
  if (network) {
    const hashes = [network, ...widerNetworks(network).map(({ address }) => address)].map((one) =>
      keyring.pepperedHash('address', one),
    );
    return {
      status: 'network',
      keys: by('address').flatMap((policy) => hashes.map((hash) => counterKey(policy, hash))),
    };
  }
  const phone = normalisePhone(typed);
  const email = normaliseEmail(typed);
  if (!phone.ok && !email.ok) return { status: 'unreadable' };
  const person = await db.user.findUnique({
    where: email.ok ? { email: email.value } : { phone: phone.ok ? phone.value : '' },
    select: { id: true, email: true, devices: { select: { id: true } } },
  });
  const address = email.ok ? email.value : person?.email;
  if (!address) return { status: 'person', keys: [], personId: null };
  const devices = person?.devices.map(({ id }) => id) ?? [];
  const own = person
    ? [...by('account').map((policy) => counterKey(policy, person.id)), secondStepBucket(person.id)]
    : [];
  const keys = [...identifierKeys(keyring, address, devices), ...own];
  return { status: 'person', keys, personId: person?.id ?? null };
}
