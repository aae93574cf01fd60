import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import { Pool, type QueryResult } from 'pg';
import { connectionTo, schemaOf } from '@/lib/db/address';

// PostgreSQL's catalogues use the one-byte type "char". Prisma's adapter refuses it, and the schema engine
// cannot read a schema without it. So it passes the adapter as bpchar, and leaves it as a character.
const ONE_BYTE_CHAR = 18;
const BPCHAR = 1042;

const charColumns = new WeakMap<object, number[]>();

class CataloguePool extends Pool {
  // The adapter calls the promise form only, so this is the one overload that matters here.
  // biome-ignore lint/suspicious/noExplicitAny: pg declares eight overloads of this method
  override async query(...args: any[]): Promise<any> {
    const ask = super.query as (...given: unknown[]) => Promise<QueryResult>;
    const result = await ask.apply(this, args);
    const found: number[] = [];
    result.fields?.forEach((field, index) => {
      if (field.dataTypeID !== ONE_BYTE_CHAR) return;
      field.dataTypeID = BPCHAR;
      found.push(index);
    });
    if (found.length > 0) charColumns.set(result.rows, found);
    return result;
  }
}

async function connect(adapter: PrismaPg): Promise<SqlDriverAdapter> {
  const connection = await adapter.connect();
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query: SqlQuery) => {
    const answer = await queryRaw(query);
    for (const index of charColumns.get(answer.rows) ?? []) answer.columnTypes[index] = ColumnTypeEnum.Character;
    return answer;
  };
  return connection;
}

/**
 * Prisma's own adapter, mended so that the schema engine can read the catalogues through it.
 * Its shadow database is the same one: the embedded database has no second.
 */
export function catalogueAdapter(url: string): SqlMigrationAwareDriverAdapterFactory & { end(): Promise<void> } {
  const pool = new CataloguePool({ ...connectionTo(url), max: 2, connectionTimeoutMillis: 5_000 });
  const adapter = new PrismaPg(pool, { schema: schemaOf(url) ?? 'public' });
  const { provider, adapterName } = adapter;
  const open = () => connect(adapter);
  return { provider, adapterName, connect: open, connectToShadowDb: open, end: () => pool.end() };
}
