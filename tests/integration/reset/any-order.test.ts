import fc from 'fast-check';
import type { Flow } from '@/lib/reset/flow';
import { requestCode } from '@/lib/reset/request-code';
import { setPassword } from '@/lib/reset/set-password';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { deliver, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

const addresses = ['ana@latchkey.test', 'bo@latchkey.test', 'stranger@latchkey.test'] as const;
const who = fc.integer({ min: 0, max: 2 });
const step = fc.oneof(
  fc.record({ does: fc.constant('start' as const), who }),
  fc.record({ does: fc.constant('request' as const), who }),
  // `of`: whose newest code is typed, as somebody would who saw another's screen.
  fc.record({ does: fc.constant('verify' as const), who, of: who, right: fc.boolean() }),
  // `grantOf`: whose proof is put into this flow's cookie, as a forger would if seals did not hold.
  fc.record({ does: fc.constant('set' as const), who, grantOf: who }),
);

describe('FLO-7: every order of requests', () => {
  test('no password is written without a proved code of the same user and challenge', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
        await emptyDatabase(db);
        const world = worldOn(db);
        await somebody(world, { email: addresses[0] });
        await somebody(world, { email: addresses[1], phone: null });
        const flows: (Flow | null)[] = [null, null, null];
        /** Challenges whose own code was typed by their own flow. */
        const proved = new Set<string>();
        for (const [index, act] of steps.entries()) {
          const flow = flows[act.who];
          if (act.does === 'start') {
            const begun = start(addresses[act.who], world.clock.now());
            flows[act.who] = begun.status === 'started' ? begun.flow : null;
          } else if (act.does === 'request' && flow) {
            const outcome = await requestCode(world, flow, 'email');
            if (outcome.status === 'requested') flows[act.who] = outcome.flow;
            await deliver(world);
          } else if (act.does === 'verify' && flow) {
            const newest = (await messages(world)).find(
              (message) => message.to === addresses[act.of] && /\d{6}/.test(message.text),
            );
            const code = act.right ? (newest?.text.match(/\d{6}/)?.[0] ?? '000000') : '000000';
            const outcome = await verifyCode(world, flow, code);
            if (outcome.status === 'proved') {
              expect(act.of).toBe(act.who);
              expect(act.who).not.toBe(2);
              proved.add(flow.challengeId);
              flows[act.who] = outcome.flow;
            }
          } else if (act.does === 'set' && flow) {
            const before = await db.user.findMany({ orderBy: { email: 'asc' } });
            const forged = { ...flow, grant: flows[act.grantOf]?.grant ?? null };
            const password = `a password of step ${index}`;
            const outcome = await setPassword(world, forged, { password, confirmPassword: password });
            const after = await db.user.findMany({ orderBy: { email: 'asc' } });
            const written = after
              .filter((user, at) => user.passwordHash !== before[at]?.passwordHash)
              .map((user) => user.email);
            if (written.length > 0) {
              expect(written).toEqual([addresses[act.who]]);
              expect(proved.delete(flow.challengeId)).toBe(true);
              expect(outcome.status).toBe('changed');
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
