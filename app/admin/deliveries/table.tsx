import Link from 'next/link';
import { duration } from '@/components/admin/figures';
import { Scroll } from '@/components/admin/scroll';
import { Tag } from '@/components/admin/tag';
import { Time } from '@/components/admin/time';
import type { ListedDelivery } from '@/lib/admin/deliveries/list';
import { channelNames, said, statusNames, statusTones } from './words';

const heads = ['When (UTC)', 'To', 'Channel', 'Status', 'Took', 'Provider said'];

/** Deliveries, one a line. On a phone it scrolls sideways. */
export function Table({ rows }: { rows: readonly ListedDelivery[] }) {
  return (
    <Scroll label="Deliveries, newest first">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Deliveries, newest first</caption>
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
          {rows.map((row) => (
            <tr key={row.id} className="border-line border-t">
              <th scope="row" className="px-2.5 font-normal">
                <Link
                  href={`/admin/deliveries/${row.id}`}
                  prefetch={false}
                  className="inline-flex min-h-11 items-center text-brass underline underline-offset-4"
                >
                  <Time at={row.queuedAt} />
                </Link>
              </th>
              <td className="max-w-60 truncate px-2.5">{row.to}</td>
              <td className="whitespace-nowrap px-2.5">
                {channelNames[row.channel]}
                {row.failedOverTo ? ` → ${channelNames[row.failedOverTo]}` : ''}
              </td>
              <td className="whitespace-nowrap px-2.5">
                <Tag tone={statusTones[row.status]}>{statusNames[row.status]}</Tag>
              </td>
              <td className="whitespace-nowrap px-2.5 tabular-nums">
                {duration(row.sentAt && row.sentAt.getTime() - row.queuedAt.getTime())}
              </td>
              <td className="max-w-80 truncate px-2.5 font-mono text-[0.8125rem]">
                {said(row.errorCode, row.answer) || '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
