import { plus } from '@/lib/clock';
import { GUESS_WINDOW_MS } from '@/lib/otp/policy';
import type { Flow } from '@/lib/reset/flow';
import { setPassword } from '@/lib/reset/set-password';
import { type VerifyOutcome, verifyCode } from '@/lib/reset/verify-code';
import { confirmSession } from '@/lib/session/sessions';
import { withProof } from '../proofs';
import { messages, type World } from '../world';

export type Person = { id: string; email: string; phone: string | null; password: string | null; tokens: string[] };
type Guess = { bucket: string; digits: number; at: Date; issued: Date };

/** Someone who sees every act and every row, and throws (by `expect`) where anything happened that must not. */
export function onlookerOf(world: World, people: readonly Person[]) {
  const { db } = world;
  /** Challenges whose own code was typed where they are held. */
  const proved = new Set<string>();
  /** Wrong codes that were compared, since the last right one of the same bucket. */
  let guessed: Guess[] = [];
  /** When a bucket's last right code was typed. */
  const success = new Map<string, Date>();
  let passwords = 0;

  const accounts = async () => ({
    users: await db.user.findMany({ orderBy: { id: 'asc' } }),
    sessions: await db.session.findMany({ orderBy: { id: 'asc' } }),
    devices: await db.device.findMany({ orderBy: { id: 'asc' } }),
  });

  const challenges = () => db.challenge.findMany({ orderBy: { id: 'asc' } });

  /** Runs what may change nothing of anybody's account (ENU-7). */
  async function quietly<T>(run: () => Promise<T>): Promise<T> {
    const before = await accounts();
    const outcome = await run();
    expect(await accounts()).toEqual(before);
    return outcome;
  }

  /** Types a code. A right one was sent to the person whose challenge it is, and nowhere else. */
  async function types(here: World, flow: Flow, code: string): Promise<VerifyOutcome> {
    const challenge = await db.challenge.findUnique({ where: { id: flow.challengeId } });
    const outcome = await quietly(() => withProof(here, (at) => verifyCode(at, flow, code)));
    if (!challenge) return outcome;
    const { guessKey: bucket, digits, createdAt: issued } = challenge;
    if (outcome.status === 'proved') {
      const owner = people.find(({ id }) => id === challenge.userId);
      const sent = (await messages(world)).filter(({ text }) => text.includes(code));
      expect(owner && sent.some(({ to }) => to === owner.email || to === owner.phone)).toBe(true);
      proved.add(challenge.id);
      success.set(bucket, world.clock.now());
      guessed = guessed.filter((guess) => guess.bucket !== bucket);
    } else if (outcome.status === 'wrong') {
      guessed.push({ bucket, digits, issued, at: world.clock.now() });
      withinBudget(bucket);
    }
    return outcome;
  }

  /**
   * VER-3: 20 guesses at 6 digits in a day and a code's life, 100 in a row at anything that can be guessed. A success
   * sets both back; the codes that were open then keep the tries they had, 20 at most (decision 12).
   */
  function withinBudget(bucket: string): void {
    const theirs = guessed.filter((guess) => guess.bucket === bucket);
    const since = plus(world.clock.now(), -GUESS_WINDOW_MS);
    const before = success.get(bucket) ?? new Date(0);
    const usual = theirs.filter(({ digits, at }) => digits === 6 && at > since);
    expect(usual.filter(({ issued }) => issued > before).length).toBeLessThanOrEqual(20);
    expect(usual.filter(({ issued }) => issued <= before).length).toBeLessThanOrEqual(20);
    expect(theirs.filter(({ digits }) => digits < 20).length).toBeLessThanOrEqual(100);
  }

  /** Sets a password: one at most, of the person whose code was proved, in the browser that proved it. */
  async function sets(here: World, flow: Flow): Promise<void> {
    const before = await db.user.findMany({ orderBy: { id: 'asc' } });
    passwords += 1;
    const password = `brass otter lantern ${passwords}`;
    const outcome = await setPassword(here, flow, { password, confirmPassword: password });
    const after = await db.user.findMany({ orderBy: { id: 'asc' } });
    const written = after.filter(({ passwordHash }, at) => passwordHash !== before[at]?.passwordHash);
    if (written.length === 0) return;
    const challenge = await db.challenge.findUniqueOrThrow({ where: { id: flow.challengeId } });
    expect(outcome.status).toBe('changed');
    expect(written.map(({ id }) => id)).toEqual([challenge.userId]);
    expect(proved.delete(challenge.id)).toBe(true);
    const person = people.find(({ id }) => id === challenge.userId) as Person;
    person.password = password;
    await signedOut(person);
  }

  /** No session of theirs is left, and none of the tokens that browsers hold is worth anything (POST-1). */
  async function signedOut(person: Person): Promise<void> {
    expect(await db.session.count({ where: { userId: person.id } })).toBe(0);
    for (const token of person.tokens) expect(await confirmSession(world, token)).toBeNull();
    person.tokens = [];
  }

  return { challenges, quietly, types, sets, signedOut };
}
