import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { allAsk, until } from './asks';
import { type Counts, count, diedBetween } from './counts';
import { makePeople, queue } from './crowd';
import type { Fault } from './fault';
import { openStage, type Stage, type Way } from './stage';

// SIGKILL at each point between commit and receipt. What was in hand comes back when its lease of 60 s ends.

const SETTLED_MS = 150_000;

async function killedWhile(way: Way, moment: (stage: Stage) => Promise<number[]>): Promise<Counts> {
  const stage = await openStage(way, {});
  try {
    const set = await makePeople(stage.db, 200, 'email');
    const { asked } = await allAsk(stage, set);
    const [deaths] = await Promise.all([moment(stage), asked]);
    await stage.settled(SETTLED_MS);
    return count(await stage.asked(), stage.arrivals(), diedBetween(deaths));
  } finally {
    await stage.close();
  }
}

const dies = async (stage: Stage): Promise<number[]> => {
  const at = await stage.kill();
  Object.assign(stage.mail.does, { data: 'take' });
  stage.phone.script('*', null);
  await stage.start();
  return [at];
};

/** Results wait for a lock, so that the death comes between the provider's yes and its row. */
async function withResultsHeld(stage: Stage): Promise<number[]> {
  stage.mail.does.data = 'hold';
  await until('mails under way', () => stage.mail.held() >= 5);
  const lock = new Client({ connectionString: stage.databaseUrl });
  await lock.connect();
  await lock.query('BEGIN');
  await lock.query('LOCK TABLE "DeliveryAttempt" IN EXCLUSIVE MODE');
  stage.mail.release();
  await wait(500);
  const at = await stage.kill();
  stage.mail.does.data = 'take';
  await lock.query('ROLLBACK');
  await lock.end();
  await stage.start();
  return [at];
}

export const deaths: Fault[] = [
  {
    name: 'SIGKILL three times at random moments, 200 requests in flight',
    run: (way) =>
      killedWhile(way, async (stage) => {
        const at: number[] = [];
        for (let n = 0; n < 3; n += 1) {
          await wait(100 + Math.random() * 900);
          at.push(...(await dies(stage)));
        }
        return at;
      }),
  },
  {
    name: 'SIGKILL while the server holds back its answer to DATA and takes nothing, 200 in flight',
    run: (way) =>
      killedWhile(way, async (stage) => {
        stage.mail.does.data = 'hold';
        await until('mails under way', () => stage.mail.held() >= 5);
        return dies(stage);
      }),
  },
  {
    name: 'SIGKILL after the server took the mail and before its answer, 200 in flight',
    run: (way) =>
      killedWhile(way, async (stage) => {
        stage.mail.does.data = 'keep-and-hold';
        await until('mails under way', () => stage.mail.held() >= 5);
        return dies(stage);
      }),
  },
  {
    name: 'SIGKILL between the answer and the row that says so, 200 in flight',
    run: (way) => killedWhile(way, withResultsHeld),
  },
  {
    name: 'SIGKILL after Twilio took the SMS and before its answer',
    run: async (way) => {
      const stage = await openStage(way, { providers: ['twilio'] });
      try {
        stage.phone.script('*', 'take-and-hang');
        await queue(stage.db, await makePeople(stage.db, 50, 'sms'), 'sms');
        await until('SMS under way', () => stage.phone.sent.length >= 5);
        const at = await dies(stage);
        await stage.settled(SETTLED_MS);
        return count(await stage.asked(), stage.arrivals(), diedBetween(at));
      } finally {
        await stage.close();
      }
    },
  },
];
