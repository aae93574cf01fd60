import { minutes } from '@/lib/clock';
import type { Flow } from '@/lib/reset/flow';
import { actNotMe } from '@/lib/reset/not-me';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { holdsGrant, setPassword } from '@/lib/reset/set-password';
import { start } from '@/lib/reset/start';
import { signIn } from '@/lib/session/sign-in';
import { fromKnownDevice } from '../devices';
import { withProof } from '../proofs';
import { anasPassword, deliver, fromElsewhere, messages, somebody, type World } from '../world';
import { onlookerOf, type Person } from './onlooker';
import type { Act, Who } from './orders';

/** Ana has a phone, Bo has none, nobody has the third. */
const addresses = ['ana@latchkey.test', 'bo@latchkey.test', 'stranger@latchkey.test'] as const;

/** `copied` is the cookie as it was before its code was proved. */
type Browser = { world: World; flow: Flow | null; copied: Flow | null };
/** An act where it is done: whose browser, and, where they have an account, whose person. */
type Scene<Does extends Act['does']> = { act: Extract<Act, { does: Does }>; browser: Browser; person?: Person };
type Acts = { [Does in Act['does']]: (scene: Scene<Does>) => Promise<void> | void };

/** Two people and a stranger, each at a browser with scripts. @throws as soon as an act did what no order of acts may do */
export async function partyOn(world: World): Promise<{ does(act: Act): Promise<void> }> {
  const { db, clock } = world;
  const people: Person[] = [];
  for (const [email, phone] of [[addresses[0], '+12025550123'] as const, [addresses[1], null] as const]) {
    const { id } = await somebody(world, { email, phone });
    people.push({ id, email, phone, password: anasPassword, tokens: [] });
  }
  const browsers = addresses.map((): Browser => ({ world: fromElsewhere(world), flow: null, copied: null }));
  const { challenges, quietly, types, sets, signedOut } = onlookerOf(world, people);

  /** The newest code that lies in somebody's mailbox or phone. */
  async function codeOf(who: Who): Promise<string> {
    const { email, phone } = people[who] ?? { email: addresses[2], phone: null };
    const theirs = (await messages(world)).filter(({ to }) => to === email || to === phone);
    return theirs.map(({ text }) => text.match(/\b\d{6,20}\b/)?.[0]).find((code) => code) ?? '000000';
  }

  const signsIn = (email: string, password: string) =>
    withProof(fromElsewhere(world), (here) => signIn(here, email, password));

  const acts: Acts = {
    wait: ({ act }) => clock.advance(minutes(act.minutes)),

    async start({ act, browser }) {
      const begun = await quietly(async () => start(addresses[act.address], clock.now()));
      browser.flow = begun.status === 'started' ? begun.flow : null;
    },

    async request({ act, browser }) {
      const { flow } = browser;
      if (!flow) return;
      const before = await challenges();
      const outcome = await quietly(() => withProof(browser.world, (here) => requestCode(here, flow, act.channel)));
      if (outcome.status === 'requested') browser.flow = outcome.flow;
      // Whatever code is alive stays alive (FLO-4).
      const stood = new Set(before.map(({ id }) => id));
      expect((await challenges()).filter(({ id }) => stood.has(id))).toEqual(before);
      await deliver(world);
    },

    async resend({ act, browser }) {
      const { flow } = browser;
      if (!flow) return;
      const outcome = await quietly(() => withProof(browser.world, (here) => resendCode(here, flow, act.channel)));
      if (outcome.status === 'resent') browser.flow = outcome.flow;
      await deliver(world);
    },

    async type({ act, browser }) {
      const { flow } = browser;
      if (!flow) return;
      const outcome = await types(browser.world, flow, act.right ? await codeOf(act.of) : '000000');
      if (outcome.status !== 'proved') return;
      if (flow.grant === null) browser.copied = flow;
      browser.flow = outcome.flow;
    },

    /** One network after the other, five codes each, as whoever has many would. */
    async guess({ act }) {
      for (let network = 0; network < act.networks; network += 1) {
        const elsewhere = fromElsewhere(world);
        const begun = start(addresses[act.address], clock.now());
        if (begun.status !== 'started') throw new Error(begun.problem);
        const asked = await quietly(() => withProof(elsewhere, (here) => requestCode(here, begun.flow, 'email')));
        if (asked.status !== 'requested') return;
        for (let guess = 0; guess < 5; guess += 1) await types(elsewhere, asked.flow, '000000');
      }
    },

    async set({ act, browser }) {
      // Whose proof is put into this flow's cookie, as a forger would if seals did not hold.
      const grant = browsers[act.grantOf]?.flow?.grant ?? null;
      if (browser.flow) await sets(browser.world, { ...browser.flow, grant });
    },

    async copy({ browser: { copied } }) {
      if (!copied) return;
      const thief = fromElsewhere(world);
      const before = [await challenges(), await db.delivery.count()];
      expect(await holdsGrant(world, copied)).toBe(false);
      expect((await quietly(() => resendCode(thief, copied, 'email'))).status).toBe('start-again');
      await quietly(() => requestCode(thief, copied, 'email'));
      // Nor does it take the proof of another challenge.
      const others = browsers.map(({ flow }) => flow).filter((flow) => flow?.challengeId !== copied.challengeId);
      for (const grant of [null, ...others.map((flow) => flow?.grant ?? null)]) {
        const password = 'somebody else’s choice';
        await quietly(() => setPassword(thief, { ...copied, grant }, { password, confirmPassword: password }));
      }
      expect([await challenges(), await db.delivery.count()]).toEqual(before);
    },

    /** Whatever goes wrong elsewhere, the right password opens (VER-4), and makes the browser a known one. */
    async signIn({ browser, person }) {
      if (!person) return;
      const outcome = await signsIn(person.email, person.password ?? 'no password at all');
      expect(outcome.status).toBe(person.password ? 'signed-in' : 'refused');
      if (outcome.status !== 'signed-in') return;
      person.tokens.push(outcome.token);
      browser.world = await fromKnownDevice(world, person.id);
    },

    async resetBesideSignIn({ browser: { flow, world: here }, person }) {
      const old = person?.password;
      if (!flow || !person || !old) return;
      const [outcome] = await Promise.all([signsIn(person.email, old), sets(here, flow)]);
      if (outcome.status !== 'signed-in') return;
      person.tokens.push(outcome.token);
      // Either the reset ended it, or it was not theirs.
      if (person.password !== old) await signedOut(person);
    },

    async notMe({ person }) {
      if (!person) return;
      const mails = (await messages(world, 'email')).filter(({ to }) => to === person.email);
      const token = mails.map(({ text }) => text.match(/token=([\w-]{43})\b/)?.[1]).find((found) => found);
      const outcome = token ? await actNotMe(world, token) : null;
      await deliver(world);
      // Both outcomes stop the password. Bo has no second channel, so an operator must help.
      if (outcome?.status !== 'disputed' && outcome?.status !== 'operator-needed') return;
      person.password = null;
      await signedOut(person);
    },
  };

  return {
    async does(act) {
      clock.advance(1);
      const scene = { act, browser: browsers[act.who] as Browser, person: people[act.who] };
      await (acts[act.does] as (scene: Scene<Act['does']>) => Promise<void> | void)(scene as Scene<Act['does']>);
    },
  };
}
