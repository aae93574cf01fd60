import { PlainBrowser } from '../support/plain-browser';
import { emailsOf, until } from './asks';
import { count } from './counts';
import { makePeople } from './crowd';
import type { Fault } from './fault';
import { key, openStage, type Stage } from './stage';

type Visitor = { email: string; browser: PlainBrowser };

/** Ten people ask while no mail can leave, each in a browser that keeps its cookies. */
async function codesAreOut(stage: Stage): Promise<Visitor[]> {
  await stage.mail.off();
  const [app] = stage.apps;
  const set = await makePeople(stage.db, 10, 'email');
  const visitors: Visitor[] = [];
  for (const email of await emailsOf(stage.db, set)) {
    const browser = new PlainBrowser(app?.base ?? '');
    await (await browser.form('/forgot-password', 'name="email"')).post([['email', email]]);
    visitors.push({ email, browser });
  }
  return visitors;
}

async function types({ email, browser }: Visitor, stage: Stage): Promise<boolean> {
  const code = stage.mail.arrivals.find(({ to }) => to === email)?.code ?? '';
  const form = await browser.form('/forgot-password/verify', 'name="code"');
  return (await form.post([['code', code]])).location === '/forgot-password/new-password';
}

export const keyFaults: Fault[] = [
  {
    name: 'a key rotated while codes are out, the old one kept: they are sent, and prove',
    async run(way) {
      const stage = await openStage(way, {});
      try {
        const visitors = await codesAreOut(stage);
        await stage.stop();
        stage.keys.unshift(key('b'));
        await stage.mail.on();
        await stage.start();
        await stage.settled(120_000);
        const counts = count(await stage.asked(), stage.arrivals());
        const proved: boolean[] = [];
        for (const visitor of visitors) proved.push(await types(visitor, stage));
        if (proved.includes(false)) counts.problems.push('an old code does not prove');
        return counts;
      } finally {
        await stage.close();
      }
    },
  },
  {
    name: 'a key replaced while codes are out: they are withheld, with a warning',
    async run(way) {
      const stage = await openStage(way, {});
      try {
        await codesAreOut(stage);
        await stage.stop();
        stage.keys.splice(0, 1, key('b'));
        await stage.mail.on();
        await stage.start();
        await stage.settled(120_000);
        const asked = (await stage.asked()).map((one) => ({ ...one, alive: false }));
        const counts = count(asked, stage.arrivals());
        const { rows } = await stage.db.query(`SELECT 1 FROM "Delivery" WHERE "errorCode" = 'key-retired'`);
        if (rows.length !== 10) counts.problems.push(`${rows.length} rows say key-retired, not 10`);
        const warned = () => stage.apps.some((app) => app.log().includes('the key of a live code was retired'));
        await until('a warning', warned, 2_000).catch(() => counts.problems.push('no warning in the log'));
        return counts;
      } finally {
        await stage.close();
      }
    },
  },
];
