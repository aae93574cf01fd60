import fc from 'fast-check';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { anyOrder } from '@/tests/support/party/orders';
import { partyOn } from '@/tests/support/party/party';
import { worldOn } from '@/tests/support/world';

const db = testDatabase();

/**
 * After each act `partyOn` looks at every row that counts: no password without a proved code of the same user and
 * challenge; no more guesses at a length than it bears; nothing of an account changed by a request; a cookie copied
 * before the proof worthless after it; no session left that ran beside a reset (FLO-2, FLO-4, FLO-5, ENU-7, VER-3).
 */
describe('FLO-7: every order of requests by two people and a stranger', () => {
  test('holds what must hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, async (acts) => {
        await emptyDatabase(db);
        const party = await partyOn(worldOn(db));
        for (const act of acts) await party.does(act);
      }),
      { numRuns: 20, interruptAfterTimeLimit: 150_000, markInterruptAsFailure: true },
    );
  }, 180_000);
});
