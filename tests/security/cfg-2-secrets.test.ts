import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { secretsIn } from './secret-shapes';

// CFG-2: no secret in git. What a build carries: tests/e2e/canaries.with-javascript.spec.ts.

/** What has the shape of a secret and is none; nothing else may. */
const fakes: readonly RegExp[] = [
  // Twilio's shape, filled with nothing: the simulator's account.
  /^(AC|MG)0{31}[01]$/,
  // .env.example; production refuses it (cfg-1-boot.test.ts).
  /^postgresql:\/\/user:password@$/,
  // The embedded database's only user, on a loopback address.
  /^postgresql:\/\/postgres:postgres@$/,
  // The canary that tests look for in what is said of an address.
  /^[a-z+]+:\/\/ana:canary@$/,
];

/** What git keeps, and what the next commit would: files that are not ignored. */
function files(): string[] {
  // A container's user may be another than the checkout's.
  const list = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', list, { encoding: 'utf8', maxBuffer: 10_000_000 }).split('\0');
  return paths.filter((path) => path && existsSync(path) && lstatSync(path).isFile());
}

const text = (path: string): string => {
  const bytes = readFileSync(path);
  // Pictures; and the hashes of packages, which tests/architecture/dependencies.test.ts reads.
  return bytes.includes(0) || path === 'package-lock.json' ? '' : bytes.toString('utf8');
};

const inGit = existsSync('.git') ? test : test.skip;

inGit('no file in git has anything that looks like a secret', () => {
  const found = files().flatMap((path) =>
    secretsIn(text(path))
      .filter(({ value }) => !fakes.some((fake) => fake.test(value)))
      // The report goes into a public log: enough to find it, too little to use it.
      .map(({ kind, value }) => `${path}: ${kind}, ${value.slice(0, 6)}…`),
  );
  expect(found).toEqual([]);
});

inGit('no file that holds settings or keys is in git', () => {
  const names =
    /^(\.env(?!\.example$).*|\.npmrc|\.netrc|secrets\.json|id_(rsa|ed25519|ecdsa).*|.*\.(pem|key|p12|pfx|jks|kdbx))$/;
  expect(files().filter((path) => names.test(basename(path)))).toEqual([]);
});

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const letters = (count: number): string =>
  Array.from(randomBytes(count), (byte) => String.fromCharCode(97 + (byte % 26))).join('');

test.each([
  ['a private key', ['-----BEGIN', 'RSA PRIVATE', 'KEY-----'].join(' ')],
  ['a private key', ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' ')],
  ['a Twilio account, key or token', `AC${hex(16)}`],
  ['a Twilio account, key or token', `"SK${hex(16)}"`],
  ['a Twilio auth token', `TWILIO_AUTH_TOKEN=${hex(16)}`],
  ['an app password', `EMAIL_HOST_PASSWORD=${letters(16)}`],
  ['an app password', `EMAIL_HOST_PASSWORD: '${[1, 2, 3, 4].map(() => letters(4)).join(' ')}'`],
  ['a key of LATCHKEY_KEYS, a pepper, any 32 bytes', `LATCHKEY_KEYS=k1:${randomBytes(32).toString('base64')}`],
  ['32 or more bytes in hex', hex(32)],
  ['an AWS key', `AKIA${hex(8).toUpperCase()}`],
  ['a Google key', `AIza${hex(17)}0`],
  ['a GitHub token', `ghp_${hex(18)}`],
  ['an npm token', `npm_${hex(18)}`],
  ['a Slack token', `xoxb-${hex(12)}`],
  ['a Stripe or OpenAI key', `sk_live_${hex(12)}`],
  ['a SendGrid key', `SG.${hex(11)}.${hex(21)}0`],
  ['a signed token', `eyJ${hex(10)}.${hex(10)}.${hex(10)}`],
  ['a URL with a password', `postgresql://ana:${hex(4)}@db.example.com/x`],
])('CFG-2: %s is seen', (kind, value) => {
  expect(secretsIn(`const x = ${value};`).map((one) => one.kind)).toContain(kind);
});
