import { Client } from 'pg';
import { minutes } from '@/lib/clock';
import { connect } from '@/lib/db/client';
import { createSmtpTransport } from '@/lib/delivery/smtp/transport';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { createKeyring } from '@/lib/keys/keyring';
import { freeOfLimits } from '@/lib/sms-budget/cost';
import { testClock } from '../support/clock';
import { smtpPassword, smtpUser } from '../support/smtp-server';
import { ownDatabase } from '../support/standalone';
import { until } from './asks';
import { count } from './counts';
import { committed, makePeople, queue } from './crowd';
import type { Fault } from './fault';
import { startMailServer } from './mail-server';
import { key } from './stage';

const origin = new URL('https://faults.latchkey.test');

export const clockFaults: Fault[] = [
  {
    // In this process: the app's clock is injected, the machine's stays.
    name: 'a clock that jumps 9 min on, 1 h back and 1 h on',
    async run(way) {
      const [database, mail] = await Promise.all([ownDatabase(), startMailServer()]);
      const raw = new Client({ connectionString: database.url });
      await raw.connect();
      const db = connect(database.url);
      const clock = testClock();
      const root = key('a');
      const smtp = createSmtpTransport(
        {
          EMAIL_HOST: '127.0.0.1',
          EMAIL_PORT: mail.port,
          EMAIL_USE_TLS: true,
          EMAIL_HOST_USER: smtpUser,
          EMAIL_HOST_PASSWORD: smtpPassword,
          DEFAULT_FROM_EMAIL: undefined,
          APP_NAME: 'Latchkey',
          APP_URL: origin,
        },
        { tls: { ca: mail.certificate.cert } },
      );
      const keyring = createKeyring([root], Buffer.alloc(32));
      const dispatcher = createDispatcher({
        db,
        clock,
        keyring,
        appName: 'Latchkey',
        origin,
        transports: { email: [smtp] },
        smsCost: freeOfLimits,
        webhook: null,
      });
      const idle = async () =>
        (await raw.query(`SELECT 1 FROM "Delivery" WHERE status IN ('queued', 'sending')`)).rows.length === 0;
      /** @returns how these people are called */
      const sends = async (): Promise<string> => {
        const set = await makePeople(raw, 20, 'email');
        await queue(raw, set, 'email');
        if (way === 'after') await dispatcher.drain(20_000);
        else dispatcher.nudge();
        await until('everything sent', idle);
        return set;
      };
      try {
        if (way === 'process') dispatcher.start();
        for (const jump of [9, -60]) {
          clock.advance(minutes(jump));
          await sends();
        }
        clock.advance(minutes(120));
        const tooLate = await sends();
        const asked = await committed(raw, [root]);
        const counts = count(
          asked.map((one) => ({ ...one, alive: !one.email.startsWith(tooLate) })),
          mail.arrivals,
        );
        return counts;
      } finally {
        await dispatcher.stop();
        await smtp.close();
        await Promise.all([db.$disconnect(), raw.end()]);
        await Promise.all([mail.off(), database.drop()]);
      }
    },
  },
];
