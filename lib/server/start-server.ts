import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { type Container, container } from '@/lib/container';
import type { Dispatcher } from '@/lib/dispatch/dispatcher';
import { env, exportAuthUrl, onServerless } from '@/lib/env/env';
import { isTrustedPeer } from '@/lib/env/trusted-peers';
import { installPeerHeader } from '@/lib/limits/peer';
import { describeError, log } from '@/lib/log';
import { refuseBrokenPath } from '@/lib/web/broken-path';
import { everywhere } from '@/lib/web/fixed-headers';
import { onEveryRequest } from '@/lib/web/on-request';
import { awaitDatabase } from './await-database';
import { bootProblems, bootWarnings } from './boot-checks';
import { leadFormsOfOtherBuilds } from './other-build';

/** ms for which the first look at the database may keep Next from answering anything at all. */
const FIRST_LOOK_MS = 1_000;

/**
 * Refuses to start with wrong settings (CFG-1) or clocks (TIM-1), waits for the database while the server answers 503, then starts the
 * dispatcher, which sends what an earlier process left over as well.
 */
export async function startServer(): Promise<void> {
  refuseAt(bootProblems());
  const { TRUSTED_PROXIES, TRUSTED_PEERS } = env();
  // Before anything that waits: a request may come in between.
  installPeerHeader({
    // A platform's own proxy hands its requests on by ways and addresses of its own.
    trusted: (peer) => onServerless() || isTrustedPeer(peer, TRUSTED_PEERS),
    onForwarded: TRUSTED_PROXIES === 0 ? tellOfForwarded : undefined,
    onStranger: TRUSTED_PROXIES === 0 ? undefined : tellOfStranger,
  });
  // Next writes `http` where there is no such header, which would then pass for a proxy's word (WEB-7).
  onEveryRequest('silence', ({ headers }) => {
    headers['x-forwarded-proto'] ??= '';
  });
  // Next sends some answers before it comes to next.config.ts: redirects of doubled slashes, for one (WEB-3).
  onEveryRequest('headers', (_, response) => {
    for (const [name, value] of Object.entries(everywhere)) response.setHeader(name, value);
  });
  onEveryRequest('path', refuseBrokenPath);
  exportAuthUrl();
  const parts = container();
  onEveryRequest('other-build', leadFormsOfOtherBuilds({ ...parts, secure: env().APP_URL.protocol === 'https:' }));
  finishAtTheEnd(parts.dispatcher);
  const begun = begin(parts).catch(endAt);
  // Next answers nothing until this function has returned, so that a server does not wait here. On serverless nothing
  // stands between a request and its page, so there it does.
  await (onServerless() ? begun : Promise.race([begun, pause(FIRST_LOOK_MS, undefined, { ref: false })]));
}

async function begin(parts: Container): Promise<void> {
  refuseAt(await awaitDatabase(parts));
  for (const warning of bootWarnings(parts)) log.warn(warning);
  if (parts.env.DISPATCHER === 'process') parts.dispatcher.start();
}

/** Not what it says: that may be anything, and anybody's. */
const tellOfForwarded = (): void =>
  log.warn(
    'A request came with a forwarded header, which counts for nothing at TRUSTED_PROXIES=0. If a proxy stands in front of this app, set TRUSTED_PROXIES to how many do; without one, somebody made the header up.',
  );

const tellOfStranger = (): void =>
  log.warn(
    'A request came with a forwarded header from a public address that is not in TRUSTED_PEERS, so the header counts for nothing. If your proxy has that address, list it in TRUSTED_PEERS; else somebody went past your proxy.',
  );

/** Whatever is wrong, a server that cannot begin must not go on and answer 503 for ever. */
function endAt(error: unknown): void {
  log.fatal(describeError(error), 'could not start');
  process.exit(1);
}

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
