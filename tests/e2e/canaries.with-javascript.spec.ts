import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './test';

// CFG-2: whoever builds with secrets in the environment and in .env hands on none of them. `.ci/run` builds with a
// canary in every setting; by hand: EMAIL_HOST_PASSWORD=build-canary-1 npm run build, then BUILD_CANARIES=1 npm run test:e2e.
test.skip(process.env.BUILD_CANARIES !== '1', 'this build had no canaries to lose');

const canary = 'build-canary-';
/** The letters of the canary in base64, wherever they begin in a group of three; what depends on neighbours is cut. */
const encoded = [0, 1, 2].map((before) =>
  Buffer.from(' '.repeat(before) + canary)
    .toString('base64')
    .slice(before === 0 ? 0 : before + 1, -4),
);

/** Every file that the build made: the browser's, the server's, the maps, the standalone copy. */
const made = (): string[] =>
  readdirSync('.next', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('CFG-2: the build carries nothing of the settings of the machine that made it', () => {
  const files = made();
  for (const part of [join('.next', 'static'), join('.next', 'server'), join('.next', 'standalone')])
    expect(files.some((path) => path.startsWith(part))).toBe(true);
  const leaks = files.filter((path) => {
    const content = readFileSync(path).toString('latin1');
    return [canary, ...encoded].some((value) => content.includes(value));
  });
  expect(leaks).toEqual([]);
});
