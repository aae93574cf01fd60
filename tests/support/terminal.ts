import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type Command, watch } from './command';

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/**
 * Runs an npm script on a terminal of its own, by `script`, which Linux and macOS bring. Afterwards it says `left with`
 * the exit code, and how the script left the terminal, as `stty -a` does.
 */
export function onTerminal(
  args: string[],
  env: Record<string, string | undefined>,
): Command & { types(text: string): void } {
  const run = [process.execPath, resolve('scripts/run.js'), ...args].map(quoted).join(' ');
  const line = `${run}; echo "left with $?"; stty -a`;
  const way = process.platform === 'darwin' ? ['-q', '/dev/null', 'sh', '-c', line] : ['-qec', line, '/dev/null'];
  const child = spawn('script', way, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  return { ...watch(child), types: (text) => child.stdin.write(text) };
}
