/** What Next hands to a page: every value may be missing or repeated. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;
export type WithSearchParams = { searchParams: SearchParams };
