import type { PoolConfig } from 'pg';

/** What ?schema= in a postgresql:// URL says; null where it says nothing. Prisma's own clients know it, pg does not. */
export function schemaOf(url: string): string | null {
  try {
    return new URL(url).searchParams.get('schema') || null;
  } catch {
    // A path to a socket is no URL.
    return null;
  }
}

/**
 * How to connect so that migrations, client and raw SQL all look in the same schema: ?schema= becomes the search path.
 * Without it nothing is said at connecting, because poolers refuse what they do not know.
 * @param url a postgresql:// URL
 */
export function connectionTo(url: string): PoolConfig & { connectionString: string } {
  const schema = schemaOf(url);
  return { connectionString: url, ...(schema ? { options: `-c search_path=${schema}` } : {}) };
}

/**
 * An address whose password is written as it is, with signs that would end it (/ ? # @), as one that the driver reads.
 * @returns the address itself where the driver reads it anyway, or nobody could
 */
export function readableAddress(url: string): string {
  if (addressProblem(url) === null) return url;
  const [, start, password, rest] = /^(postgres(?:ql)?:\/\/[^:/?#@]*:)(.*)@([^@#]*)$/s.exec(url) ?? [];
  if (password === undefined) return url;
  // What is encoded already stays.
  const encoded = password.replace(/%(?![\da-f]{2})|[^\w%]/gi, encodeURIComponent);
  const mended = `${start}${encoded}@${rest}`;
  return addressProblem(mended) === null ? mended : url;
}

/**
 * What of DATABASE_URL could not be obeyed (CFG-1).
 * @returns a sentence with the mend, never the value; null where all is well
 */
export function addressProblem(url: string): string | null {
  if (url.startsWith('/')) return null;
  let parsed: URL;
  try {
    // As the driver does it for ?host= and for sockets.
    parsed = new URL(url.replace('@/', '@socket/'), 'postgres://base');
  } catch {
    return 'cannot be read; write : / ? # @ and % of a user or password as %3A %2F %3F %23 %40 and %25';
  }
  if (parsed.hash !== '' || url.includes('#')) return 'holds a #, which ends an address; write it as %23';
  const schema = parsed.searchParams.get('schema');
  if (schema === null || schema === '') return null;
  if (!/^[a-z_][a-z0-9_]*$/.test(schema))
    return 'the name in ?schema= may have small letters, digits and _ only; rename the schema';
  return parsed.searchParams.has('options')
    ? '?schema= and ?options= stand side by side; keep ?schema= alone, which sets the search path'
    : null;
}
