import Link from 'next/link';
import { Tag } from '@/components/admin/tag';
import { Time } from '@/components/admin/time';
import { SubmitButton } from '@/components/ui/button';
import type { Version, Which } from '@/lib/admin/messages/wordings';
import { restoreAction } from '../actions';
import { pageOf } from '../which';

type Props = {
  which: Which;
  /** The version in force. */
  now: Version;
  versions: readonly Version[];
  older: number | null;
};

/** Who said what when, and the way back to it. */
export function Versions({ which, now, versions, older }: Props) {
  return (
    <div className="grid gap-3.5 text-sm">
      {now.wording !== null && <Again which={which} seen={now.version} again={0} says="Use the standard words" />}
      {versions.length === 0 && <p className="text-muted">Nobody has changed these words yet.</p>}
      <ul>
        {versions.map((version) => (
          <li key={version.version} className="border-line border-t py-3 first:border-t-0 first:pt-0">
            <p className="flex flex-wrap items-baseline gap-x-2.5">
              <span className="font-medium">{`Version ${version.version}`}</span>
              <Tag tone={version.version === now.version ? 'good' : 'quiet'}>
                {version.version === now.version ? 'in force' : 'earlier'}
              </Tag>
              <span className="break-all text-muted">{`by ${version.by ?? 'somebody who is gone'}`}</span>
              <span className="text-[0.8125rem] text-faint">
                <Time at={version.at} /> UTC
              </span>
            </p>
            <Words version={version} />
            {version.version !== now.version && (
              <Again
                which={which}
                seen={now.version}
                again={version.version}
                says={`Use version ${version.version} again`}
              />
            )}
          </li>
        ))}
      </ul>
      {older !== null && (
        <Link
          href={`${pageOf(which)}&before=${older}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center text-brass underline underline-offset-4"
        >
          Earlier versions
        </Link>
      )}
    </div>
  );
}

function Words({ version: { version, wording } }: { version: Version }) {
  if (wording === null) return <p className="my-2 text-muted">The standard words.</p>;
  return (
    <details>
      <summary className="flex min-h-11 cursor-pointer items-center text-muted">{`Words of version ${version}`}</summary>
      <div className="mb-3 whitespace-pre-wrap break-words rounded-field bg-raised p-3.5">
        {wording.subject !== null && <p className="mb-2 font-medium">{wording.subject}</p>}
        {wording.body}
      </div>
    </details>
  );
}

const Again = ({ which, seen, again, says }: { which: Which; seen: number; again: number; says: string }) => (
  <form action={restoreAction} className="max-w-72">
    {Object.entries({ ...which, seen, again }).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    <SubmitButton look="ghost" pending="One moment…">
      {says}
    </SubmitButton>
  </form>
);
