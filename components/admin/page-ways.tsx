import { ButtonLink } from '@/components/ui/button';

/** The ways through a list that goes by places, not by numbers. A way that is null is not there. */
export function PageWays({
  newest,
  newer,
  older,
}: {
  newest: string | null;
  newer: string | null;
  older: string | null;
}) {
  const ways = [
    ['Newest', newest],
    ['Newer', newer],
    ['Older', older],
  ] as const;
  return (
    <nav aria-label="Pages" className="mt-3.5 grid grid-cols-3 gap-3">
      {ways.map(([name, href]) => (
        <div key={name}>
          {href && (
            <ButtonLink look="ghost" href={href}>
              {name}
            </ButtonLink>
          )}
        </div>
      ))}
    </nav>
  );
}

/** Where the page's list goes on. @param place as the page was asked for @param to the address of a way */
export function waysOf(
  place: 'newest' | 'older' | 'newer',
  { older, newer }: { older: string | null; newer: string | null },
  to: (way: Record<string, string>) => string,
): { newest: string | null; newer: string | null; older: string | null } {
  return {
    newest: place === 'newest' ? null : to({}),
    newer: newer && to({ newer }),
    older: older && to({ older }),
  };
}
