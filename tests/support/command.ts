import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A data directory of its own, so that no test meets the real one. */
export function freshDataDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export type Ended = { code: number | null; said: string };

export type Command = {
  process: ChildProcess;
  /** Its exit code and all that it said. */
  ended: Promise<Ended>;
  /** Waits until it has said something. @returns all that it said up to then @throws where it ends without */
  says(pattern: RegExp): Promise<string>;
};

/** Runs an npm script's own process, as `npm run` does. @param input what it reads, all at once */
export function command(args: string[], env: Record<string, string | undefined>, input?: string): Command {
  const child = spawn(process.execPath, [resolve('scripts/run.js'), ...args], {
    env: { ...process.env, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(input);
  return watch(child);
}

/** @param child with pipes for what it says */
export function watch(child: ChildProcess): Command {
  let said = '';
  const heard = new EventEmitter();
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
    heard.emit('more');
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code) => done({ code, said }));
  });
  const says = async (pattern: RegExp): Promise<string> => {
    let over = false;
    void ended.then(() => {
      over = true;
      heard.emit('more');
    });
    while (!pattern.test(said)) {
      if (over) throw new Error(`It ended without saying ${pattern}. It said:\n${said}`);
      await once(heard, 'more');
    }
    return said;
  };
  return { process: child, ended, says };
}
