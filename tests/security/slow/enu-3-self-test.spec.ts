import { query } from '../../e2e/own-people';
import { expect, test } from '../../e2e/test';
import { PAIRS, type Stage, stage, timeReset } from '../timing';

// The gate of enu-3-timing.spec.ts is worth something only where it sees a leak.

let on: Stage;
test.beforeAll(async () => {
  on = await stage();
});
test.afterAll(() => on?.end());

test('ENU-3: the gate sees a build that leaks: 25 ms more for whoever is known', async () => {
  test.setTimeout(900_000);
  await query(
    on.app,
    `CREATE FUNCTION leak() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.025); RETURN NEW; END $$;
     CREATE TRIGGER leak BEFORE INSERT ON "Challenge" FOR EACH ROW WHEN (NEW."userId" IS NOT NULL)
       EXECUTE FUNCTION leak()`,
  );
  const found = await timeReset(on);
  for (const [step, { p, ms }] of found)
    console.log(`    ${PAIRS} pairs, leaking on purpose, ${step}: p ${p.toPrecision(2)}, ${ms.toFixed(1)} ms`);
  expect(found.get('request')).toMatchObject({ leaks: true });
  expect(found.get('the page after it')).toMatchObject({ leaks: false });
});
