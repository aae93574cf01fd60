/** The first four bytes after the length of what a client sends before it has a session (PostgreSQL 15, 55.7). */
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
/** No message of ours comes near it: a longer one is no PostgreSQL client. */
const LONGEST = 256 * 1024 * 1024;

/** Messages that end what the server answers as one: Query, Sync, Flush, a password, a function call, the end of a COPY. */
const ENDS_A_UNIT = new Set([...'QSHpFcf'].map((letter) => letter.charCodeAt(0)));
const TERMINATE = 'X'.charCodeAt(0);

/** What a client sent: bytes for the server that belong together, or a wish that has an answer of its own. */
export type Unit = { kind: 'messages'; bytes: Buffer } | { kind: 'encryption' } | { kind: 'end' };

/**
 * Cuts a client's bytes into units. The messages of one statement (Parse, Bind, Describe, Execute, Sync) are one unit, so
 * that no other connection's can come between them.
 * @returns a function that takes the next bytes and gives the units that are complete
 * @throws where the bytes are no PostgreSQL client's
 */
export function unitsOf(): (chunk: Buffer) => Unit[] {
  let waiting: Buffer = Buffer.alloc(0);
  let unit: Buffer[] = [];
  let started = false;

  function first(length: number): Unit {
    const code = waiting.readInt32BE(4);
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'encryption' };
    // Nothing can be cancelled: one statement runs at a time.
    if (code === CANCEL_REQUEST) return { kind: 'end' };
    started = true;
    return { kind: 'messages', bytes: Buffer.from(waiting.subarray(0, length)) };
  }

  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    const units: Unit[] = [];
    while (waiting.length >= (started ? 5 : 8)) {
      const length = started ? waiting.readInt32BE(1) + 1 : waiting.readInt32BE(0);
      if (length < (started ? 5 : 8) || length > LONGEST) throw new Error('These bytes are no PostgreSQL client’s.');
      if (waiting.length < length) break;
      const type = waiting[0] ?? 0;
      if (!started) units.push(first(length));
      else if (type === TERMINATE) units.push({ kind: 'end' });
      else {
        unit.push(Buffer.from(waiting.subarray(0, length)));
        if (ENDS_A_UNIT.has(type)) {
          units.push({ kind: 'messages', bytes: Buffer.concat(unit) });
          unit = [];
        }
      }
      waiting = waiting.subarray(length);
    }
    return units;
  };
}
