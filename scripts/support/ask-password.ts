import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Interrupted, Refused } from './refused';

/**
 * Asks twice on the terminal, without showing what is typed, until the two agree.
 * @throws Interrupted at Ctrl-C, Refused where the input ends; the terminal is as it was before in any case
 */
export async function askNewPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  // Before the first question: what is typed at the sight of it is hidden already.
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 });
  let interrupted = false;
  reader.once('SIGINT', () => {
    interrupted = true;
    reader.close();
  });
  // Keeps what is typed or pasted ahead of its question.
  const lines = reader[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    process.stderr.write(question);
    const line = await lines.next();
    process.stderr.write('\n');
    if (!line.done) return line.value;
    throw interrupted ? new Interrupted() : new Refused('No password was typed.');
  };
  try {
    for (;;) {
      const password = await ask('Password (not shown): ');
      if ((await ask('The same again: ')) === password) return password;
      process.stderr.write('The two are not the same. Once more.\n');
    }
  } finally {
    reader.close();
  }
}

/** Reads the whole of standard input, less one line end. */
export async function readPassword(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
