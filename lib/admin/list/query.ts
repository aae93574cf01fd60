import { z } from 'zod';

// What the lists of the admin area read from a page's address. Nothing here throws, whatever stands there.

export const pageSizes = [25, 50, 100] as const;

/** A place in a list: times repeat, so that the id decides among equal ones. */
export type Cursor = { at: Date; id: string };
export type Place = { at: 'newest' } | { at: 'older'; than: Cursor } | { at: 'newer'; than: Cursor };

/** What Next hands to a page, and what stands in a request's address. */
export type Params = Readonly<Record<string, string | string[] | undefined>>;

/** @returns what stands in a request's address, as Next hands it to a page */
export function paramsOf(request: Request): Params {
  const { searchParams } = new URL(request.url);
  const values = (name: string): string | string[] => {
    const [first = '', ...more] = searchParams.getAll(name);
    return more.length > 0 ? [first, ...more] : first;
  };
  return Object.fromEntries([...searchParams.keys()].map((name) => [name, values(name)]));
}

/** @returns such as 1763866651000.0b9e…, what `older` and `newer` take */
export const cursorText = ({ at, id }: Cursor): string => `${at.getTime()}.${id}`;

export const uuidShape = z.guid().toLowerCase();
export const cursorShape = z
  .string()
  // Until the year 5138, which PostgreSQL and Date both know.
  .regex(/^\d{1,14}\.[0-9a-fA-F-]{36}$/)
  .transform((text) => ({ at: new Date(Number(text.split('.')[0])), id: text.split('.')[1] }))
  .pipe(z.object({ at: z.date(), id: uuidShape }));
/** As `<input type="datetime-local">` writes it, or a day alone; UTC. */
export const momentShape = z.union([
  z.iso.datetime({ local: true }).transform((text) => new Date(`${text.replace(/Z$/, '')}Z`)),
  z.iso.date().transform((text) => new Date(`${text}T00:00Z`)),
]);
export const sizeShape = z.enum(['25', '50', '100']).transform(Number);

/** Why a part that every list has could not be read, and what is shown instead. */
export const commonSentences = {
  from: 'The first time cannot be read: write it as 2026-11-23T12:04. It is left out.',
  to: 'The last time cannot be read: write it as 2026-11-23T12:04. It is left out.',
  size: 'A page holds 25, 50 or 100 lines. You see 50.',
  older: 'That place in the list cannot be read. You see the newest.',
  newer: 'That place in the list cannot be read. You see the newest.',
} as const;

/**
 * Reads single values. Empty ones, as a form sends them, are none.
 * @param sentences by the name of the part; `problems` collects those of what could not be read
 */
export function reader<Name extends string>(params: Params, sentences: Readonly<Record<Name, string>>) {
  const problems = new Set<string>();
  const read = <T>(name: Name, shape: z.ZodType<T>): T | null => {
    const value = params[name];
    if (value === undefined || value === '') return null;
    const read = shape.safeParse(value);
    if (read.success) return read.data;
    problems.add(Array.isArray(value) ? `“${name}” was given more than once. It is left out.` : sentences[name]);
    return null;
  };
  return { read, problems };
}

/** A span that ends before it begins is none. */
export function orderedTimes(filter: { from: Date | null; to: Date | null }, problems: Set<string>): void {
  if (!filter.from || !filter.to || filter.from < filter.to) return;
  problems.add('The first time is not before the last one. Both are left out.');
  filter.from = null;
  filter.to = null;
}

export function placeOf(older: Cursor | null, newer: Cursor | null, problems: Set<string>): Place {
  if (older && newer) problems.add('A list goes one way at a time. You see the newest.');
  if ((older && newer) || (!older && !newer)) return { at: 'newest' };
  if (older) return { at: 'older', than: older };
  return newer ? { at: 'newer', than: newer } : { at: 'newest' };
}

/** As `momentShape` reads it. */
export const minuteText = (at: Date): string => at.toISOString().replace(/(:00)?\.000Z$|Z$/, '');

/** A query's parts without those that are not set. */
export const setOnes = (params: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));

/** One page of a walk: which rows are shown, and where the list goes on, either way; null at its end. */
export function pageOf<Row>(
  found: readonly Row[],
  { place, size }: { place: Place; size: number },
  cursor: (row: Row) => Cursor,
): { rows: Row[]; older: Cursor | null; newer: Cursor | null } {
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (place.at === 'newer') rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)].map((row) => (row === undefined ? null : cursor(row)));
  return {
    rows,
    older: (place.at === 'newer' || more) && last ? last : null,
    newer: (place.at === 'newer' ? more : place.at === 'older') && first ? first : null,
  };
}

/** Which way a list is walked, and from where: null for its end. */
export type Walk = { to: 'older' | 'newer'; than: Cursor | null; most: number };

/** The walk that finds a page, and whether there is more behind it. */
export const walkOf = ({ place, size }: { place: Place; size: number }): Walk => ({
  to: place.at === 'newer' ? 'newer' : 'older',
  than: place.at === 'newest' ? null : place.than,
  most: size + 1,
});
