import { randomBytes } from 'node:crypto';
import { createKeyring, type Keyring, type RootKey } from '@/lib/keys/keyring';

/** A root key that exists for one test. */
export const rootKey = (id: string): RootKey => ({ id, secret: randomBytes(32) });

/** A keyring with fresh keys under these ids, the first one issuing. */
export const keyringOf = (...ids: string[]): Keyring => createKeyring(ids.map(rootKey), randomBytes(32));
