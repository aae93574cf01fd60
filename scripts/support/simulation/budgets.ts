import type { World } from './attack';
import { type Honest, playSchool, type School } from './school';
import { type Silenced, silence, silencers } from './silence';

type InWorld = <T>(name: string, people: number, act: (world: World) => Promise<T>) => Promise<T>;

const PEOPLE = 150;
/** What a neighbour of theirs has done before: nothing, or as many wrong codes as make the network work at every act. */
const neighbours = [0, 24] as const;

const silencedRow = (who: string, works: boolean, hours: number, told: Silenced): string =>
  `| ${who} | ${works ? 'works' : 'waits'} | ${told.silentHours} of ${hours} h | ${told.networks} | ${told.requests} | ${told.cpuSeconds.toFixed(1)} |`;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const honestRow = ({ people, scripts, wrongCodes }: School, seen: Honest): string =>
  `| ${people} people, ${wrongCodes} wrong codes before | ${scripts ? 'yes' : 'no'} | ${percent(seen.gotCode)} | ${percent(seen.gotIn)} | ${seen.middleSeconds} s | ${seen.slowestSeconds} s |`;

/**
 * What it takes to keep one owner's codes from them, beside what the same limits cost honest people behind one address
 * (RL-2), with and without JavaScript.
 * @returns two tables in Markdown
 */
export async function budgetTables(inWorld: InWorld): Promise<string> {
  const rows: string[] = [];
  for (const one of silencers) {
    const name = `Silencing an owner for ${one.hours} h from ${one.who}${one.works ? '' : ', without working'}`;
    rows.push(silencedRow(one.who, one.works, one.hours, await inWorld(name, 1, (world) => silence(world, one))));
  }
  const honest: string[] = [];
  for (const scripts of [true, false])
    for (const wrongCodes of neighbours) {
      const school = { people: PEOPLE, scripts, wrongCodes };
      const name = `A school, ${scripts ? 'with' : 'without'} JavaScript, after ${wrongCodes} wrong codes`;
      honest.push(honestRow(school, await inWorld(name, PEOPLE, (world) => playSchool(world, school))));
    }
  return [
    'What it takes to silence one owner: no code by email goes to a browser that the account does not know.',
    'A browser that it knows has limits of its own.\n',
    '| attacker | where work is asked for | owner silenced | networks | codes asked for | CPU-seconds |',
    '|---|---|--:|--:|--:|--:|',
    ...rows,
    '\nBehind one address, within half an hour: a school. Seconds are what the checks of the browser took.\n',
    '| honest people | JavaScript | got a code | got in | the one in the middle | the slowest |',
    '|---|---|--:|--:|--:|--:|',
    ...honest,
  ].join('\n');
}
