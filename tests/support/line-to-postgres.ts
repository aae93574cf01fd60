import { type Line as AnyLine, openLine } from './line';
import { postgres } from './standalone';

/** A way to PostgreSQL that can be cut and mended, as if the server went away and came back. */
export type Line = Pick<AnyLine, 'port' | 'cut' | 'mend' | 'silence' | 'silenceAt' | 'close'>;

export const lineToPostgres = (): Promise<Line> =>
  openLine({ host: postgres.hostname, port: Number(postgres.port || 5432) });
