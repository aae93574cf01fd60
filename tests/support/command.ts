import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A data directory of its own, so that no test meets the real one. */
export function freshDataDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs an npm script's own process, as `npm run` does. @returns its exit code and all that it said */
export function command(
  args: string[],
  env: Record<string, string | undefined>,
): { process: ChildProcess; ended: Promise<{ code: number | null; said: string }> } {
  const child = spawn(process.execPath, [resolve('scripts/run.js'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = new Promise<{ code: number | null; said: string }>((done) => {
    child.once('close', (code) => done({ code, said }));
  });
  return { process: child, ended };
}
