import { Scroll } from '@/components/admin/scroll';
import { Time } from '@/components/admin/time';
import { TextLink } from '@/components/ui/button';
import type { ListedEvent } from '@/lib/admin/audit/log';
import { auditWord } from '@/lib/audit/words';

const heads = ['When (UTC)', 'What', 'To whom', 'By', 'More', 'From'];

/** Who did it, where it was somebody: what people do for themselves needs no second name. */
function By({ event: { actorId, subjectId, actor, detail } }: { event: ListedEvent }) {
  if (actorId === null) return detail.by === 'command' || detail.by === 'seed' ? 'a command' : '–';
  if (actorId === subjectId) return 'themself';
  return <TextLink href={`/admin/users/${actorId}`}>{actor ?? actorId.slice(0, 8)}</TextLink>;
}

/** @returns such as "before enabled, after disabled" */
const told = (detail: ListedEvent['detail']): string =>
  Object.entries(detail ?? {})
    .filter(([name]) => name !== 'by')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** Events, newest first. */
export function Table({ rows }: { rows: readonly ListedEvent[] }) {
  return (
    <Scroll label="Events, newest first">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Events, newest first</caption>
        <thead className="text-muted">
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="whitespace-nowrap px-2.5 py-2 font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((event) => (
            <tr key={event.id} className="h-11 border-line border-t">
              <td className="whitespace-nowrap px-2.5">
                <Time at={event.at} />
              </td>
              <th scope="row" className="min-w-52 px-2.5 font-normal">
                {auditWord(event.type)}
              </th>
              <td className="max-w-56 truncate px-2.5">
                {event.subjectId ? (
                  <TextLink href={`/admin/users/${event.subjectId}`}>
                    {event.subject ?? event.subjectId.slice(0, 8)}
                  </TextLink>
                ) : (
                  '–'
                )}
              </td>
              <td className="max-w-56 truncate px-2.5">
                <By event={event} />
              </td>
              <td className="max-w-80 break-words px-2.5 text-[0.8125rem] text-muted">
                {told(event.detail)}
                {event.correlationId && (
                  <>
                    {told(event.detail) === '' ? '' : ' · '}
                    <TextLink href={`/admin/audit?trail=${encodeURIComponent(event.correlationId)}`}>trail</TextLink>
                  </>
                )}
              </td>
              <td className="px-2.5 font-mono text-[0.8125rem] text-faint">{event.source?.slice(0, 8) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
