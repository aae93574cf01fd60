import type { Floor } from './vulnerable-floors';

type Entry = {
  /** Where the folder is called otherwise: an alias (`npm:`). */
  name?: string;
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

/** What this test reads of package-lock.json, version 3. The entry '' is the project itself. */
export type Lock = { packages: Record<string, Entry> };

/** Packages of one binary a platform, which the lock names for every platform, by hand (docs/decisions/0007). */
const byHand = /^@(biomejs\/cli|next\/swc|tailwindcss\/oxide|unrs\/resolver-binding|oxc-parser\/binding)-/;

const registry = 'https://registry.npmjs.org/';

/** A range or an alias of the registry; everything else is a URL, a folder or a repository. */
const fromRegistry = (spec: string): boolean =>
  !/^(git|https?|file|link|ssh|workspace|github|gitlab|bitbucket|gist):|^[^@]+\/|^[.~/]\//.test(
    spec.replace(/^npm:/, ''),
  );

const numbers = (version: string): number[] => version.split(/[-+]/)[0]?.split('.').map(Number) ?? [];

/** @returns whether a version comes before another; a pre-release comes before its release */
function before(version: string, other: string): boolean {
  const [left, right] = [numbers(version), numbers(other)];
  for (const index of [0, 1, 2]) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return version.includes('-') && !other.includes('-');
}

/** @returns the first sound version of this version's line */
function leastOf({ least }: Floor, version: string): string {
  const ofLine = least.find((one) => numbers(one)[0] === numbers(version)[0]);
  return ofLine ?? least.at(-1) ?? least[0];
}

const nameOf = (path: string, entry: Entry): string => entry.name ?? path.replace(/^.*node_modules\//, '');

function originProblems(name: string, entry: Entry): string[] {
  const found: string[] = [];
  if (entry.link) found.push(`${name} is a folder, not a package of the registry`);
  // npm leaves it out where the registry is the usual one (omit-lockfile-registry-resolved).
  if (entry.resolved && !entry.resolved.startsWith(registry)) found.push(`${name} comes from ${entry.resolved}`);
  const otherPlatform = entry.optional && (entry.os ?? entry.cpu) && byHand.test(name);
  if (!entry.integrity && !otherPlatform) found.push(`${name} has no integrity`);
  if (entry.integrity && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity)) found.push(`${name} has no SHA-512`);
  return found;
}

function specProblems(name: string, entry: Entry): string[] {
  const specs = { ...entry.dependencies, ...entry.devDependencies, ...entry.optionalDependencies };
  return Object.entries(specs)
    .filter(([, spec]) => !fromRegistry(spec))
    .map(([wanted, spec]) => `${name} wants ${wanted} from ${spec}`);
}

/** `npm ci` refuses a lock that lacks one (docs/decisions/0007). */
function missing(lock: Lock, path: string, entry: Entry): string[] {
  return Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !(`${path}/node_modules/${name}` in lock.packages) && !(`node_modules/${name}` in lock.packages))
    .map((name) => `${name} is missing, an optional package of ${nameOf(path, entry)}`);
}

/**
 * What is wrong with a lock: versions below a floor, nested ones too, and packages that are not the registry's own
 * or that nothing proves to be.
 * @returns sentences; empty where all is well
 */
export function lockProblems(lock: Lock, floors: Readonly<Record<string, Floor>>): string[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    if (path === '') return specProblems('the project', entry);
    const name = nameOf(path, entry);
    const floor = Object.hasOwn(floors, name) ? floors[name] : undefined;
    const version = entry.version ?? '';
    const low =
      floor && before(version, leastOf(floor, version))
        ? [`${path} is ${version}, below ${leastOf(floor, version)}: ${floor.source}`]
        : [];
    return [...low, ...originProblems(name, entry), ...specProblems(name, entry), ...missing(lock, path, entry)];
  });
}
