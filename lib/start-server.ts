import 'server-only';
import { seconds } from '@/lib/clock';
import { container } from '@/lib/container';
import { sweep } from '@/lib/dispatch/dispatch';
import { exportAuthUrl } from '@/lib/env';
import { describeError, log } from '@/lib/log';
import { bootProblems, bootWarnings, demoProblems } from './boot-checks';

/** A claim of a process that died is free again after this (lib/dispatch/claim.ts). */
const AFTER_LEASES = seconds(65);

/**
 * Refuses to start with wrong settings (CFG-1), then sends what an earlier process left over: at once what was queued,
 * and once more when the leases of whatever it held in hand have ended.
 */
export async function startServer(): Promise<void> {
  refuseAt(bootProblems());
  refuseAt(await demoProblems(container()));
  exportAuthUrl();
  for (const warning of bootWarnings(container())) log.warn(warning);
  if (container().env.DISPATCHER === 'after') return;
  void sweepQuietly();
  setTimeout(sweepQuietly, AFTER_LEASES).unref();
}

function refuseAt(problems: string[]): void {
  if (problems.length === 0) return;
  process.stderr.write(`\nLatchkey cannot start with these settings:\n  ${problems.join('\n  ')}\n\n`);
  process.exit(1);
}

async function sweepQuietly(): Promise<void> {
  try {
    await sweep(container());
  } catch (error) {
    log.error(describeError(error), 'could not send what was left over');
  }
}
