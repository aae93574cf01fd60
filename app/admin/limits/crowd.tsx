import { whole } from '@/components/admin/figures';
import { Meter } from '@/components/admin/meter';
import type { Crowd } from '@/lib/admin/limits/site-wide';

function said({ guesses, worksAt, longerAt, stopsAt, failedSignIns, signInsWorkAt }: Crowd): string {
  if (guesses >= stopsAt)
    return 'Under attack: strangers work before each act, new codes have 10 digits, and older, shorter ones are not compared any more. Everybody still gets in.';
  if (guesses >= longerAt)
    return 'Under attack: strangers work before each act, and their new codes have 10 digits. Everybody still gets in.';
  if (guesses >= worksAt) return 'Much goes wrong: strangers’ browsers work before each act.';
  if (failedSignIns >= signInsWorkAt) return 'Many sign-ins fail: strangers’ browsers work before each act.';
  return 'Quiet: nobody notices anything.';
}

/** Whether somebody is attacking everybody, at a glance. */
export function CrowdState({ crowd }: { crowd: Crowd }) {
  const { guesses, worksAt, longerAt, stopsAt, failedSignIns, signInsWorkAt } = crowd;
  const tone = (count: number, mark: number) => (count >= mark ? 'bad' : 'brass');
  return (
    <div className="grid gap-3.5 text-sm">
      <p className="font-medium">{said(crowd)}</p>
      <div className="grid gap-1.5">
        <p>{`${whole(guesses)} wrong codes in 24 hours`}</p>
        <Meter
          value={guesses}
          most={stopsAt * 1.1}
          marks={[worksAt, longerAt, stopsAt]}
          tone={tone(guesses, worksAt)}
        />
        <p className="text-[0.8125rem] text-muted">
          {`Work from ${whole(worksAt)} on, 10 digits from ${whole(longerAt)}, short codes stop at ${whole(stopsAt)}.`}
        </p>
      </div>
      <div className="grid gap-1.5">
        <p>{`${whole(failedSignIns)} failed sign-ins in an hour`}</p>
        <Meter
          value={failedSignIns}
          most={signInsWorkAt * 1.1}
          marks={[signInsWorkAt]}
          tone={tone(failedSignIns, signInsWorkAt)}
        />
        <p className="text-[0.8125rem] text-muted">{`Work from ${whole(signInsWorkAt)} on.`}</p>
      </div>
      <p className="text-[0.8125rem] text-muted">
        Known browsers notice nothing of this. These marks follow what is usual here, and are nobody’s to set.
      </p>
    </div>
  );
}
