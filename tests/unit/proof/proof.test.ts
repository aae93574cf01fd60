import { seconds } from '@/lib/clock';
import { createKeyring } from '@/lib/keys/keyring';
import { MOST_WORK, workAt } from '@/lib/proof/marks';
import { checkProof, newChallenge } from '@/lib/proof/proof';
import { testClock } from '@/tests/support/clock';
import { rootKey } from '@/tests/support/keyring';
import { solve } from '@/tests/support/proofs';

const [a, b] = [rootKey('a'), rootKey('b')];
const pepper = new Uint8Array(32);
const clock = testClock();
const now = clock.now();
const later = (ms: number) => new Date(now.getTime() + ms);
const client = (proof?: string, address = 'hash of home') => ({
  keyring: createKeyring([a], pepper),
  caller: { address, devices: [], proof },
});
const asked = () => newChallenge(client(), now, { level: 1, rounds: 1, fewest: 5, most: 5, phoneMs: 0 });
/** The same JSON with something in it changed. */
const changed = (proof: string, path: string[], value: unknown): string => {
  const whole = JSON.parse(proof);
  const holder = path.slice(0, -1).reduce((part, name) => part[name], whole);
  const last = path.at(-1) ?? '';
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return JSON.stringify(whole);
};

describe('RL-2: a proof of work', () => {
  test('solved it is worth one act, at once', async () => {
    const proof = await solve(await asked());
    const { nonce } = JSON.parse(proof).challenge.parameters;
    expect(await checkProof(client(proof), now)).toEqual({ status: 'solved', id: nonce, level: 1 });
  });

  test('a right one in a field of more than two thousand characters is worth nothing', async () => {
    const proof = await solve(await asked());
    const padded = (length: number) => proof + ' '.repeat(length - proof.length);
    expect(await checkProof(client(padded(2_000)), now)).toMatchObject({ status: 'solved' });
    expect(await checkProof(client(padded(2_001)), now)).toEqual({ status: 'none' });
  });

  test('unsolved it is known as ours, and says from when it passes', async () => {
    const { challenge, seconds: wait } = await asked();
    expect(wait).toBe(20);
    expect(await checkProof(client(challenge), now)).toMatchObject({
      status: 'unsolved',
      from: later(seconds(20)),
      level: 1,
      waitMs: 20_000,
      challenge,
    });
  });

  test('it takes the work that it was made with, which is a bounded one', async () => {
    const { challenge } = await newChallenge(client(), now);
    expect(JSON.parse(challenge).challenge.parameters.cost).toBe(workAt(0).rounds);
    const { counter } = JSON.parse(await solve({ challenge, seconds: 20 })).solution;
    expect(counter).toBeGreaterThanOrEqual(workAt(0).fewest);
    expect(counter).toBeLessThanOrEqual(workAt(0).most);
  });

  test('work doubles with its level up to ten seconds of a phone, and one who waits waits as long', () => {
    const all = [0, 1, 2, 3, 4, 5, 99].map(workAt);
    expect(all.map(({ phoneMs }) => phoneMs)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
    for (const { fewest, most, phoneMs } of all) {
      expect([fewest, most]).toEqual([phoneMs / 2, phoneMs * 0.9]);
    }
    expect(workAt(99).level).toBe(MOST_WORK);
  });

  test('for another client, or after five minutes, it is worth nothing', async () => {
    const { challenge } = await asked();
    const proof = await solve({ challenge, seconds: 20 });
    for (const sent of [proof, challenge]) {
      expect(await checkProof(client(sent, 'hash of elsewhere'), now)).toEqual({ status: 'none' });
      expect((await checkProof(client(sent), later(seconds(298)))).status).not.toBe('none');
      expect(await checkProof(client(sent), later(seconds(300)))).toEqual({ status: 'none' });
    }
  });

  test('a rotated key goes on verifying, a retired one and a stranger’s do not (CFG-3)', async () => {
    const proof = await solve(await asked());
    const by = (...keys: Parameters<typeof createKeyring>[0][]) =>
      Promise.all(keys.map((ring) => checkProof({ ...client(proof), keyring: createKeyring(ring, pepper) }, now)));
    const [rotated, retired, foreign] = await by([b, a], [b], [{ ...b, id: 'a' }]);
    expect(rotated).toMatchObject({ status: 'solved' });
    expect(retired).toEqual({ status: 'none' });
    expect(foreign).toEqual({ status: 'none' });
    const next = await newChallenge({ ...client(), keyring: createKeyring([b, a], pepper) }, now);
    expect(JSON.parse(next.challenge).challenge.parameters.data.key).toBe('b');
  });

  test.each<[string, string[], unknown]>([
    ['less work', ['challenge', 'parameters', 'cost'], 2],
    ['a known prefix', ['challenge', 'parameters', 'keyPrefix'], '0'.repeat(32)],
    ['a key of one’s own', ['challenge', 'parameters', 'keySignature'], '0'.repeat(64)],
    ['no signed key', ['challenge', 'parameters', 'keySignature'], undefined],
    ['a higher level', ['challenge', 'parameters', 'data', 'level'], 4],
    ['a longer wait', ['challenge', 'parameters', 'data', 'wait'], 60_000],
    ['an earlier start', ['challenge', 'parameters', 'data', 'from'], 0],
    ['a longer life', ['challenge', 'parameters', 'expiresAt'], 9_999_999_999],
    ['another name', ['challenge', 'parameters', 'nonce'], '0'.repeat(32)],
    ['another algorithm', ['challenge', 'parameters', 'algorithm'], 'SHA-256'],
    ['another signature', ['challenge', 'signature'], '0'.repeat(64)],
    ['no signature', ['challenge', 'signature'], undefined],
    ['another solution', ['solution', 'derivedKey'], '0'.repeat(64)],
    ['an empty solution', ['solution'], {}],
    ['a solution of nothing', ['solution'], null],
    ['something more', ['challenge', 'parameters', 'memoryCost'], 1],
  ])('forged, with %s, it is worth nothing', async (_, path, value) => {
    const proof = changed(await solve(await asked()), path, value);
    expect(await checkProof(client(proof), now)).toEqual({ status: 'none' });
  });

  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['an empty string', ''],
    ['no JSON', '{"challenge":'],
    ['null', 'null'],
    ['a number', '1e999'],
    ['a list', '[[]]'],
    ['a deep list', deep(900)],
    ['a megabyte', deep(500_000)],
    ['a prototype', '{"__proto__":{"challenge":{}},"constructor":1}'],
    ['empty parts', '{"challenge":{"parameters":{},"signature":""}}'],
    ['strange characters', '\u0000\ud800"\u202e'],
    ['no string', { challenge: 1 }],
  ])('%s in its field is worth nothing and throws nothing', async (_, sent) => {
    expect(await checkProof(client(sent as string), now)).toEqual({ status: 'none' });
  });

  test('no single changed character of it passes as solved', async () => {
    const proof = await solve(await asked());
    for (let at = 0; at < proof.length; at += 1) {
      const other = proof[at] === '0' ? '1' : '0';
      const sent = proof.slice(0, at) + other + proof.slice(at + 1);
      const { status } = await checkProof(client(sent), now);
      // The counter is the one part that nobody needs: the derived key says it all.
      if (status !== 'none') expect(JSON.parse(sent).solution.derivedKey).toBe(JSON.parse(proof).solution.derivedKey);
      if (status === 'solved') expect(JSON.parse(sent).challenge).toEqual(JSON.parse(proof).challenge);
    }
  });
});
