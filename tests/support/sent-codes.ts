import { minutes, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { newNonce } from '@/lib/otp/derive';
import { keyringOf } from './keyring';

/** 12:05 and its 10 s of grace are over: the latest closed window is 12:00 to 12:05, the longer one 11:45 to 12:00. */
export const now = new Date('2026-11-22T12:06:00Z');
const inShort = new Date('2026-11-22T12:02:00Z');
export const inLong = new Date('2026-11-22T11:50:00Z');

type Sent = {
  by: 'email' | 'sms';
  people: number;
  each: number;
  at: Date;
  tookMs: number | null;
  status: 'sent' | 'failed' | 'queued' | 'abandoned';
  errorClass: 'recipient' | 'passing' | null;
  errorCode: string | null;
  decoy: boolean;
  /** People of two calls with the same name are the same. */
  names: string;
};

/** No window needs more than 20 people by this one. */
export const exact: Keyring = { ...keyringOf('a'), pepperedHash: () => '0'.repeat(64) };

let calls = 0;

/** So many people ask and get, or do not get, their code. One account, which must be there, owns all that are real. */
export async function sentCodes(db: Database, changes: Partial<Sent> & { people: number }): Promise<void> {
  calls += 1;
  const sent: Sent = {
    by: 'email',
    each: 1,
    at: inShort,
    tookMs: 200,
    status: 'sent',
    errorClass: null,
    errorCode: null,
    decoy: false,
    names: `call ${calls}`,
    ...changes,
  };
  const owner = sent.decoy ? null : (await db.user.findFirstOrThrow()).id;
  const ids = Array.from({ length: sent.people * sent.each }, (_, row) => `${calls}-${row}`);
  await db.challenge.createMany({
    data: ids.map((id, row) => ({
      id,
      purpose: 'password_reset',
      userId: owner,
      identifierHash: `${sent.names} ${row % sent.people}`,
      nonce: newNonce(),
      keyId: 'a',
      digits: 6,
      maxAttempts: 5,
      createdAt: sent.at,
      expiresAt: plus(sent.at, minutes(10)),
    })),
  });
  await db.delivery.createMany({
    data: ids.map((challengeId) => ({
      kind: 'code',
      channel: sent.by,
      challengeId,
      userId: owner,
      queuedAt: sent.at,
      status: sent.status,
      errorClass: sent.errorClass,
      errorCode: sent.errorCode,
      sentAt: sent.tookMs === null ? null : plus(sent.at, sent.tookMs),
    })),
  });
}
