import { Client } from 'pg';
import { connectionTo, schemaOf } from './address';

const PATIENCE_MS = 5_000;

const noAuthority =
  "DATABASE_URL: the server's certificate comes from an authority that this machine does not know. Save the authority's certificate (your provider offers it, often as ca.pem or root.crt) and add sslrootcert=/path/to/it. Or, where nobody can stand in between, sslmode=no-verify in place of what is there: it encrypts and checks nothing";

const certificate: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: noAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: noAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: noAuthority,
  UNABLE_TO_GET_ISSUER_CERT: noAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: noAuthority,
  CERT_HAS_EXPIRED: "DATABASE_URL: the server's certificate has expired, or this machine's clock is wrong",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "DATABASE_URL: the server's certificate is for another name; write the name that it carries as the host, or add uselibpqcompat=true&sslmode=verify-ca&sslrootcert=/path/to/the/authority, which checks the authority alone",
};

type Standing = { current: string | null; migrated: string[] };

/**
 * Whether the database that DATABASE_URL names is one that migrations, client and raw SQL would all read alike, and
 * whether its certificate is trusted. One connection, one statement.
 * @param url a postgresql:// URL
 * @returns sentences with the mend (CFG-1); empty also where it does not answer: that is for who connects to tell
 */
export async function databaseProblems(url: string): Promise<string[]> {
  const client = new Client({ ...connectionTo(url), connectionTimeoutMillis: PATIENCE_MS });
  // A connection that is lost between two steps is the next step's to tell.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Standing>(
      `SELECT current_schema() AS current, ARRAY(
         SELECT schemaname::text FROM pg_tables WHERE tablename = '_prisma_migrations' ORDER BY 1) AS migrated`,
    );
    return rows[0] ? schemaProblems(rows[0], schemaOf(url)) : [];
  } catch (error) {
    const known = certificate[String((error as { code?: unknown }).code)];
    return known ? [known] : [];
  } finally {
    await client.end().catch(() => undefined);
  }
}

function schemaProblems({ current, migrated }: Standing, wanted: string | null): string[] {
  if (wanted === null) {
    if (current === 'public') return [];
    return [
      current === null
        ? 'DATABASE_URL: this role has no schema to work in. Give its search_path the schema public, or name one with ?schema='
        : `DATABASE_URL: this role works in the schema "${current}", by its search_path. Add ?schema=${current}, so that migrations, client and raw SQL all do`,
    ];
  }
  if (current !== wanted) {
    return [
      `DATABASE_URL: there is no schema "${wanted}" that this role may use. Make it: CREATE SCHEMA ${wanted} AUTHORIZATION <the role>`,
    ];
  }
  // Before ?schema= was obeyed the tables went into public: an empty schema would look like lost accounts.
  if (wanted !== 'public' && migrated.includes('public') && !migrated.includes(wanted)) {
    return [
      `DATABASE_URL: Latchkey's tables stand in the schema "public", and "${wanted}" is empty. Take ?schema= out, or use a database of its own`,
    ];
  }
  return [];
}
