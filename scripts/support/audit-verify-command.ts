import { parseArgs } from 'node:util';
import { type Finding, type Seal, type Verified, verifyAudit } from '@/lib/audit/verify';
import { hours } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { Refused } from './refused';

const usage = `npm run audit:verify                            is every sealed event there as it was?
npm run audit:verify -- --expect 12:9f86d0…     and the chain not shorter than this seal of an earlier run?`;

/** Checks the command before any database is opened. @returns the seal that somebody noted, or null */
export function readExpected(args: string[]): Seal | null {
  let expect: string | undefined;
  try {
    expect = parseArgs({ args, options: { expect: { type: 'string' } }, allowPositionals: false }).values.expect;
  } catch (error) {
    throw new Refused(`${(error as Error).message}\n\n${usage}`);
  }
  if (expect === undefined) return null;
  const [, number, mac] = /^(\d{1,9}):([0-9a-f]{64})$/.exec(expect.trim()) ?? [];
  if (!number || !mac) throw new Refused(`--expect takes a seal as this command prints it, as 12:9f86d0…\n\n${usage}`);
  return { number: Number(number), mac };
}

const words: Record<Finding['what'], string> = {
  'batch-missing': 'a batch is missing',
  'batch-altered': 'the batch itself was altered',
  'chain-broken': 'it does not follow on the one before',
  'purged-too-early': 'it was purged before its time',
  'row-missing': 'an event is missing',
  'row-altered': 'an event was altered',
  'row-added': 'an event was put in afterwards',
  'seal-not-there': 'the seal that you expect is not there: the end was cut off, or another pepper is set',
};

const whole = (count: number): string => count.toLocaleString('en-GB');

/** The verdict, in sentences. @param now for what should have been sealed by now */
export function describeVerified(verified: Verified, now: Date): { text: string; ok: boolean } {
  const { batches, events, purgedBatches, unsealed, newest, findings, found } = verified;
  const lines = [
    found === 0
      ? `${whole(events)} sealed events in ${whole(batches)} batches: all there, all as they were.`
      : `${found === 1 ? '1 thing does' : `${whole(found)} things do`} not fit, among ${whole(events)} sealed events in ${whole(batches)} batches:`,
    ...findings.map(({ what, batch, id }) => `  batch ${batch}: ${words[what]}${id ? ` (${id})` : ''}`),
    ...(found > findings.length ? [`  … and ${whole(found - findings.length)} more.`] : []),
  ];
  if (found > 0 && findings.every(({ what }) => what === 'batch-altered' || what === 'row-altered'))
    lines.push('Where everything was altered, LATCHKEY_PEPPER is another one than that which sealed.');
  if (purgedBatches > 0) lines.push(`Batches up to ${whole(purgedBatches)} were purged in their time.`);
  lines.push(
    unsealed.events === 0
      ? 'Nothing waits for its seal.'
      : `${whole(unsealed.events)} newer events wait for their seal.`,
  );
  if (unsealed.oldest && now.getTime() - unsealed.oldest.getTime() > hours(1))
    lines.push(`The oldest has waited since ${unsealed.oldest.toISOString()}: is any server running?`);
  if (newest) lines.push(`Newest seal, to keep elsewhere: ${newest.number}:${newest.mac}`);
  return { text: lines.join('\n'), ok: found === 0 };
}

/** Verifies and says how far it is, on a terminal. */
export async function auditVerify(db: Database, keyring: Keyring, expected: Seal | null) {
  const terminal = process.stderr.isTTY;
  const verified = await verifyAudit({ db, keyring, now: new Date() }, expected, (events) => {
    if (terminal) process.stderr.write(`\r${whole(events)} events`);
  });
  if (terminal) process.stderr.write('\r');
  return describeVerified(verified, new Date());
}
