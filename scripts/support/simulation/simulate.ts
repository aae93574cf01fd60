import { randomBytes } from 'node:crypto';
import { connect } from '@/lib/db/client';
import { createKeyring } from '@/lib/keys/keyring';
import { log } from '@/lib/log';
import { GUESSES_IN_A_ROW } from '@/lib/otp/policy';
import { migrate } from '../migrate';
import { openTestDatabase } from '../test-database';
import { type Attack, type Guessed, play, type World } from './attack';
import { budgetTables } from './budgets';
import { type Peer, peers, SERVER_GUESSES_A_SECOND, UNBOUNDED } from './peers';

/** What the accounts of the large attack are: only some of them are played, see `rest`. */
const MANY = 10_000;
const PLAYED = 250;

type Line = { who: string; one: number; any: number };

/** The chance that one of these guesses is right. Guesses at one code differ, so theirs add up. */
const chanceOf = (guessed: Guessed): number =>
  1 - [...guessed].reduce((none, [digits, count]) => none * (1 - 10 ** -digits) ** count, 1);

/**
 * The accounts that are not played: after the crowd's mark every code of a stranger has ten digits, so each of them
 * bears GUESSES_IN_A_ROW guesses at that length before its codes are beyond guessing.
 */
const rest = (accounts: number): Guessed => new Map([[10, accounts * GUESSES_IN_A_ROW]]);

const together = (...all: Guessed[]): Guessed => {
  const sum: Guessed = new Map();
  for (const [digits, count] of all.flatMap((one) => [...one])) sum.set(digits, (sum.get(digits) ?? 0) + count);
  return sum;
};

/** A database of its own with so many people in it. @param server where it is made; embedded without one */
async function inWorld<T>(server: string | undefined, people: number, act: (world: World) => Promise<T>): Promise<T> {
  const database = await openTestDatabase(server);
  await migrate(database.url);
  const db = connect(database.url);
  try {
    await db.user.createMany({
      data: Array.from({ length: people }, (_, n) => ({
        email: `p${n}@example.com`,
        emailVerifiedAt: new Date(0),
        name: 'Somebody',
      })),
    });
    const keyring = createKeyring([{ id: 'simulation', secret: randomBytes(32) }], randomBytes(32));
    const settings = { appName: 'Latchkey', minPasswordLength: 8, breached: null, offered: ['email'] as const };
    return await act({ db, keyring, ...settings });
  } finally {
    await db.$disconnect();
    await database.close();
  }
}

/** Prints progress on stderr: minutes pass before the first table. */
async function told<T>(name: string, act: () => Promise<T>): Promise<T> {
  const since = performance.now();
  process.stderr.write(`${name} … `);
  const result = await act();
  process.stderr.write(`${((performance.now() - since) / 1000).toFixed(0)} s\n`);
  return result;
}

const words = (guessed: Guessed): string =>
  [...guessed]
    .sort(([a], [b]) => a - b)
    .map(([digits, count]) => `${count.toLocaleString('en')} at ${digits} digits`)
    .join(', ') || 'none';

const figure = (chance: number): string => (chance > 0.01 ? chance.toFixed(2) : chance.toExponential(1));

function table(title: string, lines: readonly Line[]): string {
  const rows = lines.map(({ who, one, any }) => `| ${who} | ${figure(one)} | ${figure(any)} |`);
  return [`| ${title} | one network | any number of networks |`, '|---|--:|--:|', ...rows].join('\n');
}

const chanceAt = ({ digits }: Peer, guesses: number | null, accounts: number): number =>
  // A bound that counts by account is there for each of them; the server's speed is shared by all.
  chanceOf(new Map([[digits, guesses === null ? UNBOUNDED : Math.min(guesses * accounts, UNBOUNDED)]]));

/** What one network may do is counted by network, whatever the number of accounts. */
const peerLine = (peer: Peer, accounts: number): Line => ({
  who: peer.name,
  one: chanceAt(peer, peer.oneNetwork, 1),
  any: chanceAt(peer, peer.anyNetworks, accounts),
});

/** Prints its tables in Markdown. @param server a postgresql:// URL on this machine; embedded without one */
export async function simulate(server: string | undefined): Promise<void> {
  log.level = 'warn';
  const mostGuesses = 3_000;
  const day = (accounts: number, networks: Attack['networks']) =>
    told(`A day of guessing at ${accounts} from ${networks === 'one' ? 'one network' : 'any number of networks'}`, () =>
      inWorld(server, accounts, (world) => play(world, { accounts, networks, mostGuesses })),
    );
  const oneByOne = await day(1, 'one');
  const oneByAny = await day(1, 'any');
  const manyByOne = await day(PLAYED, 'one');
  const manyPlayed = await day(PLAYED, 'any');
  const manyByAny = together(manyPlayed, rest(MANY - PLAYED));

  const us = 'Latchkey';
  console.log(`An attacker's chance of getting in within a day of guessing at codes.\n`);
  console.log(
    table('one account', [
      { who: us, one: chanceOf(oneByOne), any: chanceOf(oneByAny) },
      ...peers.map((peer) => peerLine(peer, 1)),
    ]),
  );
  console.log(`\nGuesses that were compared: ${words(oneByOne)}; ${words(oneByAny)}.\n`);
  console.log(
    table(`${MANY.toLocaleString('en')} accounts`, [
      { who: us, one: chanceOf(manyByOne), any: chanceOf(manyByAny) },
      ...peers.map((peer) => peerLine(peer, MANY)),
    ]),
  );
  console.log(`\nGuesses that were compared: ${words(manyByOne)}; ${words(manyByAny)}.`);
  console.log(`Of the ${MANY.toLocaleString('en')} accounts ${PLAYED} were played; the others are worked out.\n`);
  for (const { name, why } of peers) console.log(`${name}: ${why}.`);
  console.log(`Where nothing bounds the guesses, a server answers ${SERVER_GUESSES_A_SECOND} a second.`);
  console.log(`\n${await budgetTables((name, people, act) => told(name, () => inWorld(server, people, act)))}`);
}
