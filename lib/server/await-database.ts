import 'server-only';
import { seconds } from '@/lib/clock';
import type { Container } from '@/lib/container';
import { databaseProblems } from '@/lib/db/database-problems';
import { whyNot, whyUnreachable } from '@/lib/db/reachable';
import { waitFor } from '@/lib/db/wait';
import { log } from '@/lib/log';
import { noLongerOnRequest, onEveryRequest } from '@/lib/web/on-request';
import { demoProblems } from './boot-checks';
import { clockProblems } from './clock-problems';
import { answerWhileWaiting } from './waiting-room';

const HOOK = 'waiting';

/**
 * Waits until the database answers and has this release's tables, as long as DATABASE_WAIT_SECONDS allows. Until then
 * `/api/ready` and every page answer 503, and `/api/health` 200.
 * @returns problems for the operator, with which the server must not go on: settings that do not fit this database, or
 * a database that did not answer in time; empty where all is well
 */
export async function awaitDatabase(parts: Container): Promise<string[]> {
  const { DATABASE_URL, DATABASE_WAIT_SECONDS } = parts.env;
  let problems: string[] = [];
  onEveryRequest(HOOK, (request, response) => answerWhileWaiting(request, response) || undefined);
  const reason = await waitFor({
    patienceMs: seconds(DATABASE_WAIT_SECONDS),
    say: (why) => log.warn(`The database does not serve: ${why}. Trying again for ${DATABASE_WAIT_SECONDS} s.`),
    async attempt() {
      // What is set wrongly does not mend itself while we wait.
      problems = await databaseProblems(DATABASE_URL);
      if (problems.length > 0) return null;
      const unreachable = await whyUnreachable(DATABASE_URL);
      if (unreachable) return unreachable;
      try {
        problems = [...(await demoProblems(parts)), ...(await clockProblems(parts))];
        return null;
      } catch (error) {
        return whyNot(error);
      }
    },
  });
  if (reason) return [`DATABASE_URL: the database did not serve within ${DATABASE_WAIT_SECONDS} s: ${reason}`];
  if (problems.length === 0) noLongerOnRequest(HOOK);
  return problems;
}
