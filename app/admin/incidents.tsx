import { Time } from '@/components/admin/time';
import type { OpenIncident } from '@/lib/alerts/incidents';
import { alertWords } from '@/lib/alerts/words';

/** What is wrong now, before everything else: nothing where nothing is (OBS-2). */
export function Incidents({ incidents }: { incidents: readonly OpenIncident[] }) {
  if (incidents.length === 0) return null;
  return (
    <section aria-label="What is wrong now" className="mb-5 grid gap-2.5">
      {incidents.map((incident) => {
        const { title, sentence, advice } = alertWords(incident);
        return (
          <div key={`${incident.kind} ${incident.about}`} className="rounded-panel bg-bad-soft px-4 py-3 text-sm">
            <h2 className="font-semibold text-bad">{title}</h2>
            <p className="mt-1">{`${sentence} ${advice}`}</p>
            <p className="mt-1 text-[0.8125rem] text-muted">
              Since <Time at={incident.startedAt} /> UTC
            </p>
          </div>
        );
      })}
    </section>
  );
}
