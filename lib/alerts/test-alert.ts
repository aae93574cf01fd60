import { type AuditType, audit } from '@/lib/audit/audit';
import type { Caller } from '@/lib/caller';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { postAlert, type Webhook } from './webhook';

type Deps = { db: Database; clock: Clock; caller: Caller; adminId: string; webhook: Webhook | null };

/** How the webhook answered, in a word of ours; null where none is set. */
export type AlertTested = { ok: boolean; answer: string } | null;

/** Posts an alert that says that it is none, and writes down who had it posted. */
export async function testAlert({ db, clock, caller, adminId, webhook }: Deps): Promise<AlertTested> {
  if (!webhook) return null;
  const { url, appName, origin } = webhook;
  const text = `${appName}: a test. Alerts arrive here. ${new URL('/admin', origin).href}`;
  const at = clock.now();
  const answered = await postAlert(url, { id: 'test', state: 'test', at: at.toISOString(), text, content: text });
  const type: AuditType = 'alert_tested';
  await audit(db, { at, type, actorId: adminId, source: caller.address, detail: answered });
  return answered;
}
