import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Hole } from './holes';

const folder = join('tests', 'security');

/** Every test of tests/security, its second tier included, as paths from the top of the project. */
export const securityTests = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(test|spec)\.ts$/.test(file))
    .map((file) => join(folder, file))
    .sort();

const beginningWith = (start: string): string[] =>
  securityTests().filter((file) => new RegExp(`/${start}-[^/]*$|/${start}\\.[^/]*$`).test(file));

/** The tests that would have caught a hole. */
export const testsAgainst = ({ name, also = [] }: Hole): string[] => [...beginningWith(`hole-${name}`), ...also];
