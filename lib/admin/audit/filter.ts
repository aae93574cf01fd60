import { z } from 'zod';
import {
  commonSentences,
  cursorShape,
  minuteText,
  momentShape,
  orderedTimes,
  type Params,
  type Place,
  placeOf,
  reader,
  setOnes,
  sizeShape,
  uuidShape,
} from '@/lib/admin/list/query';
import { type AuditType, auditTypes } from '@/lib/audit/audit';
import { type AuditGroup, auditGroups } from '@/lib/audit/words';

/** What events to show. Null: any. */
export type AuditFilter = {
  /** One type, or a group of them. */
  what: AuditType | AuditGroup | null;
  /** By their id; an address never stands in a URL (FLO-6, AUD-3). */
  subject: string | null;
  actor: string | null;
  /** Everything of one reset. */
  trail: string | null;
  from: Date | null;
  to: Date | null;
};

/** A query string, understood as far as it can be: each part that cannot has a sentence and its default. */
export type AuditQuery = { filter: AuditFilter; place: Place; size: number; problems: readonly string[] };

const groups = Object.keys(auditGroups) as AuditGroup[];
const sentences = {
  what: 'There is no such kind of event. All are shown.',
  subject: 'The search is broken: look for the person once more.',
  actor: 'The search is broken: look for the person once more.',
  trail: 'There is no such trail. Everything is shown.',
  ...commonSentences,
} as const;

/** Never throws, whatever stands in a query string. */
export function readAuditQuery(params: Params): AuditQuery {
  const { read, problems } = reader(params, sentences);
  const filter: AuditFilter = {
    what: read('what', z.enum([...groups, ...auditTypes])),
    subject: read('subject', uuidShape),
    actor: read('actor', uuidShape),
    trail: read('trail', z.string().regex(/^[\w-]{1,64}$/)),
    from: read('from', momentShape),
    to: read('to', momentShape),
  };
  orderedTimes(filter, problems);
  const size = read('size', sizeShape) ?? 50;
  const place = placeOf(read('older', cursorShape), read('newer', cursorShape), problems);
  return { filter, place, size, problems: [...problems] };
}

/** The filter as a query string has it; what is left out is any. */
export const auditParams = ({ from, to, ...rest }: AuditFilter): Record<string, string> =>
  setOnes({ ...rest, from: from && minuteText(from), to: to && minuteText(to) });

/** @returns the types that a filter lets through, null for all */
export const typesOf = ({ what }: AuditFilter): readonly AuditType[] | null => {
  if (what === null) return null;
  return Object.hasOwn(auditGroups, what) ? auditGroups[what as AuditGroup].types : [what as AuditType];
};
