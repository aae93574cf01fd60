import { setTimeout as wait } from 'node:timers/promises';
import { lineToPostgres } from '../support/line-to-postgres';
import { until } from './asks';
import { count } from './counts';
import { makePeople, queue } from './crowd';
import { type Fault, fault } from './fault';
import { openStage } from './stage';

// What is about many messages, and about the database below them.

export const crowdFaults: Fault[] = [
  fault({ name: 'two instances, 1,000 messages', people: 1_000, instances: 2 }),
  {
    name: '10,000 queued at start, half of them dead',
    async run(way) {
      const stage = await openStage(way, {});
      try {
        await stage.stop();
        await queue(stage.db, await makePeople(stage.db, 5_000, 'email'), 'email', { lifeSeconds: -1 });
        await queue(stage.db, await makePeople(stage.db, 5_000, 'email'), 'email');
        await stage.start();
        await stage.settled(240_000);
        return count(await stage.asked(), stage.arrivals());
      } finally {
        await stage.close();
      }
    },
  },
  {
    name: 'the database ends every connection and refuses new ones for 5 s',
    async run(way) {
      const line = await lineToPostgres();
      const stage = await openStage(way, { databasePort: line.port });
      try {
        await queue(stage.db, await makePeople(stage.db, 500, 'email'), 'email');
        await until('mails under way', () => stage.mail.arrivals.length >= 50);
        await stage.db.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
          [stage.databaseName],
        );
        line.cut();
        await wait(5_000);
        line.mend();
        await stage.settled(150_000);
        return count(await stage.asked(), stage.arrivals());
      } finally {
        await stage.close();
        line.close();
      }
    },
  },
  {
    name: 'every connection to the database falls silent and stays open',
    async run(way) {
      const line = await lineToPostgres();
      const stage = await openStage(way, { databasePort: line.port });
      try {
        await queue(stage.db, await makePeople(stage.db, 500, 'email'), 'email');
        await until('mails under way', () => stage.mail.arrivals.length >= 50);
        line.silence();
        const before = stage.mail.arrivals.length;
        const began = Date.now();
        await until('the next mails', () => stage.mail.arrivals.length > before + 20);
        const recovered = Date.now() - began;
        await stage.settled(150_000);
        const counts = count(await stage.asked(), stage.arrivals());
        if (recovered > 15_000) counts.problems.push(`sent again after ${recovered} ms`);
        return counts;
      } finally {
        await stage.close();
        line.close();
      }
    },
  },
];
