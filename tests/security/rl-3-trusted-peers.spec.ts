import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '../e2e/test';

// RL-3 in the production build, on a socket whose other end has a public address. A network namespace has one: Linux,
// and root or user namespaces. Whose headers count otherwise: tests/unit/trusted-peers.test.ts.

const LISTED = '203.0.113.9';
const STRANGER = '198.51.100.9';
const addresses = [LISTED, STRANGER].map((address) => `ip addr add ${address}/32 dev lo`).join(' && ');
const inside = (command: string): string[] => ['-rn', 'sh', '-c', `ip link set lo up && ${addresses} && ${command}`];
const possible = spawnSync('unshare', inside('true')).status === 0;

test('RL-3: a proxy of the same machine or a listed one is believed, a stranger is not, and the operator is told', async () => {
  test.skip(!possible, 'no network namespace can be made here');
  test.setTimeout(120_000);
  const command = `exec "${process.execPath}" --import tsx tests/support/from-abroad.ts ${LISTED} ${STRANGER}`;
  const env = { ...process.env, TSX_TSCONFIG_PATH: 'scripts/tsconfig.json' };
  const { stdout } = await promisify(execFile)('unshare', inside(command), { env });
  // What a believed proxy calls plain is led to https.
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
    near: 308,
    proxy: 308,
    before: false,
    abroad: 200,
    after: true,
    // Thirty requests with thirty invented addresses. A stranger's count as one network, which must do work after twenty.
    codes: { proxy: 30, abroad: 20 },
  });
});
