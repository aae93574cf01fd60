import { type Counts, count, type Excuse } from './counts';
import { makePeople, queue, type Reach } from './crowd';
import { openStage, type Stage, type Way } from './stage';

/** One thing that goes wrong, on a stage of its own. */
export type Fault = { name: string; run(way: Way): Promise<Counts> };

type Simple = {
  name: string;
  people?: number;
  reach?: Reach;
  channel?: 'email' | 'sms';
  providers?: readonly ('smtp' | 'smtp-fallback' | 'twilio')[];
  instances?: number;
  /** Before anything is queued. */
  before?(stage: Stage): void | Promise<void>;
  /** With everything queued. */
  during?(stage: Stage): void | Promise<void>;
  excused?: Excuse;
  /** What must hold at the end besides. @returns sentences of what does not */
  check?(stage: Stage): string[] | Promise<string[]>;
};

/** A fault of a provider, with people whose codes are queued beside the app. */
export const fault = ({ name, people = 60, reach = 'email', channel = 'email', ...rest }: Simple): Fault => ({
  name,
  async run(way) {
    const stage = await openStage(way, { providers: rest.providers ?? ['smtp'], instances: rest.instances ?? 1 });
    try {
      await rest.before?.(stage);
      await queue(stage.db, await makePeople(stage.db, people, reach), channel);
      await rest.during?.(stage);
      await stage.settled(150_000);
      const counts = count(await stage.asked(), stage.arrivals(), rest.excused);
      counts.problems.push(...((await rest.check?.(stage)) ?? []));
      return counts;
    } finally {
      await stage.close();
    }
  },
});
