import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { connectionTo, schemaOf } from './address';
import { BoundedPool } from './bounded-pool';
import { POOL_SIZE } from './limits';
import { UtcClient, withOffsets } from './utc';

/** Prisma's adapter, each time on a pool of ours: one that it made itself would wait without an end. */
class BoundedPg extends PrismaPg {
  readonly #url: string;
  readonly #max: number;

  constructor(url: string, max: number) {
    super(connectionTo(url));
    this.#url = url;
    this.#max = max;
  }

  override connect(): ReturnType<PrismaPg['connect']> {
    const pool = new BoundedPool({ ...connectionTo(this.#url), max: this.#max, Client: UtcClient });
    return new PrismaPg(pool, { disposeExternalPool: true, schema: schemaOf(this.#url) ?? 'public' }).connect();
  }
}

/** The number that Prisma's own URLs give. */
function connectionLimit(url: string): number | undefined {
  const said = URL.canParse(url) ? Number(new URL(url).searchParams.get('connection_limit')) : 0;
  return Number.isInteger(said) && said > 0 ? said : undefined;
}

/**
 * Prisma's adapter for any PostgreSQL, the embedded one included: every wait ends (TIM-2), and a moment stays that moment
 * in any session's zone (TIM-1).
 * @param url a postgresql:// URL
 * @param pool connections at most; where it is left out, the URL's `connection_limit`, else 10
 */
export const adapterTo = (url: string, pool: number = connectionLimit(url) ?? POOL_SIZE): SqlDriverAdapterFactory =>
  withOffsets(new BoundedPg(url, pool));
