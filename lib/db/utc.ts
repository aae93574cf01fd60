import type { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory, SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils';
import { Client, type ClientConfig, types } from 'pg';

// Prisma's adapter writes dates without an offset and cuts the offset off what it reads, so that it is right only where
// the session speaks UTC. Here each date carries its offset, both ways: whatever the session's zone is, a moment stays
// that moment. docs/decisions/0040-dates-carry-their-offset.md says why a session's setting alone is not enough.

type Parser = (text: string) => unknown;
type Types = { getTypeParser(oid: number, format?: 'text' | 'binary'): Parser };
/** pg does not declare what every client has: the words that open a connection. */
type Opening = new (config?: string | ClientConfig) => Client & { getStartupConf(): Record<string, string> };

const TIMESTAMPTZ = 1184;
const TIMESTAMPTZ_ARRAY = 1185;

const inUtc = (moment: unknown): unknown =>
  Array.isArray(moment) ? moment.map(inUtc) : moment instanceof Date ? moment.toISOString() : moment;

/** pg's own parsers heed the offset; the adapter wants text. */
const withOffset: Record<number, Parser> = Object.fromEntries(
  [TIMESTAMPTZ, TIMESTAMPTZ_ARRAY].map((oid) => [oid, (text: string) => inUtc(types.getTypeParser(oid, 'text')(text))]),
);

/**
 * A connection that asks for UTC and ISO dates as it opens (TIM-1). They are parameters of their own, which go before
 * what a server, database or role sets, and which PgBouncer keeps for each client; `options` it refuses. Dates are read
 * with their offset nevertheless.
 */
export class UtcClient extends (Client as unknown as Opening) {
  override getStartupConf(): Record<string, string> {
    return { ...super.getStartupConf(), TimeZone: 'UTC', DateStyle: 'ISO, YMD' };
  }

  // The adapter passes one object with the parsers of its own.
  // biome-ignore lint/suspicious/noExplicitAny: pg declares eight overloads of this method
  override query(...args: any[]): any {
    const [asked, ...rest] = args;
    const ask = super.query as (...given: unknown[]) => unknown;
    return ask.call(this, asked?.types ? { ...asked, types: heedingOffsets(asked.types) } : asked, ...rest);
  }
}

const heedingOffsets = (own: Types): Types => ({
  getTypeParser: (oid, format) => (format === 'text' && withOffset[oid]) || own.getTypeParser(oid, format),
});

/** Prisma's adapter, with which a moment stays that moment in any session's zone (TIM-1). @param factory on `UtcClient`s */
export function withOffsets(factory: PrismaPg): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = await factory.connect();
      const begin = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (isolation) => dated(await begin(isolation));
      return dated(adapter);
    },
  };
}

function dated<T extends SqlQueryable>(connection: T): T {
  const query = connection.queryRaw.bind(connection);
  const execute = connection.executeRaw.bind(connection);
  connection.queryRaw = (asked) => query(withMoments(asked));
  connection.executeRaw = (asked) => execute(withMoments(asked));
  return connection;
}

/** Days and times of day have no offset. */
const WITHOUT_OFFSET = ['DATE', 'TIME', 'TIMETZ'];

/** A moment goes as text that the adapter leaves alone: `2026-11-28T20:00:00.000Z`. */
function withMoments(query: SqlQuery): SqlQuery {
  const isMoment = query.argTypes.map(
    ({ scalarType, dbType }) => scalarType === 'datetime' && !WITHOUT_OFFSET.includes(dbType ?? ''),
  );
  if (!isMoment.includes(true)) return query;
  return {
    ...query,
    args: query.args.map((arg, index) => (isMoment[index] ? written(arg) : arg)),
    argTypes: query.argTypes.map((type, index) =>
      isMoment[index] ? { scalarType: 'string', arity: type.arity } : type,
    ),
  };
}

const written = (arg: unknown): unknown => {
  if (Array.isArray(arg)) return arg.map(written);
  return typeof arg === 'string' || arg instanceof Date ? new Date(arg).toISOString() : arg;
};
