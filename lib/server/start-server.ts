import 'server-only';
import { container } from '@/lib/container';
import { databaseProblems } from '@/lib/db/reachable';
import type { Dispatcher } from '@/lib/dispatch/dispatcher';
import { env, exportAuthUrl } from '@/lib/env/env';
import { installPeerHeader } from '@/lib/limits/peer';
import { log } from '@/lib/log';
import { everywhere } from '@/lib/web/fixed-headers';
import { onEveryRequest } from '@/lib/web/on-request';
import { bootProblems, bootWarnings, demoProblems } from './boot-checks';
import { leadFormsOfOtherBuilds } from './other-build';

/**
 * Refuses to start with wrong settings (CFG-1), then starts the dispatcher, which sends what an earlier process left
 * over as well.
 */
export async function startServer(): Promise<void> {
  refuseAt(bootProblems());
  // Before anything that waits: a request may come in between.
  installPeerHeader(env().TRUSTED_PROXIES === 0 ? tellOfForwarded : undefined);
  // Next writes `http` where there is no such header, which would then pass for a proxy's word (WEB-7).
  onEveryRequest('silence', ({ headers }) => {
    headers['x-forwarded-proto'] ??= '';
  });
  // Next sends some answers before it comes to next.config.ts: redirects of doubled slashes, for one (WEB-3).
  onEveryRequest('headers', (_, response) => {
    for (const [name, value] of Object.entries(everywhere)) response.setHeader(name, value);
  });
  onEveryRequest(
    'other-build',
    leadFormsOfOtherBuilds({ ...container(), secure: env().APP_URL.protocol === 'https:' }),
  );
  refuseAt(await databaseProblems(env().DATABASE_URL));
  refuseAt(await demoProblems(container()));
  exportAuthUrl();
  for (const warning of bootWarnings(container())) log.warn(warning);
  const { dispatcher } = container();
  if (env().DISPATCHER === 'process') dispatcher.start();
  finishAtTheEnd(dispatcher);
}

/** Not what it says: that may be anything, and anybody's. */
const tellOfForwarded = (): void =>
  log.warn(
    'A request came with a forwarded header, which counts for nothing at TRUSTED_PROXIES=0. If a proxy stands in front of this app, set TRUSTED_PROXIES to how many do; without one, somebody made the header up.',
  );

function refuseAt(problems: string[]): void {
  if (problems.length === 0) return;
  process.stderr.write(`\nLatchkey cannot start with these settings:\n  ${problems.join('\n  ')}\n\n`);
  process.exit(1);
}

/**
 * DEL-9: at SIGTERM what is in hand is finished. Next closes its server and then exits at once, so its exit waits for
 * the dispatcher; a second signal of the platform (SIGKILL) is what the leases are for.
 */
function finishAtTheEnd(dispatcher: Dispatcher): void {
  const exit = process.exit.bind(process);
  const finish = () => {
    const finished = dispatcher.stop();
    const waiting = (code?: number | string | null) => void finished.finally(() => exit(code));
    process.exit = waiting as typeof process.exit;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, finish);
}
