'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

const places = [
  ['/admin', 'Overview'],
  ['/admin/deliveries', 'Deliveries'],
  ['/admin/users', 'People'],
  ['/admin/limits', 'Limits'],
  ['/admin/messages', 'Messages'],
  ['/admin/settings', 'Settings'],
  ['/admin/audit', 'Audit'],
] as const;

/** Down the side where there is room, along the top where there is not. */
export function AdminNav() {
  const here = usePathname();
  const list = useRef<HTMLUListElement>(null);
  // On a phone the row of places scrolls: where one is comes into view.
  useEffect(() => {
    const place = list.current?.querySelector<HTMLElement>(`a[href="${here}"], a[aria-current]`);
    if (list.current && place) list.current.scrollLeft = place.offsetLeft - list.current.clientWidth / 3;
  }, [here]);
  const isHere = (href: string) => (href === '/admin' ? here === href : here.startsWith(href));
  return (
    <nav aria-label="Administration" className="lg:w-44 lg:flex-none">
      <ul ref={list} className="relative flex gap-1 overflow-x-auto pb-3 lg:flex-col lg:pb-0">
        {places.map(([href, name]) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={isHere(href) ? 'page' : undefined}
              className={`flex min-h-11 items-center whitespace-nowrap rounded-field px-3.5 text-[0.9375rem] ${isHere(href) ? 'bg-raised font-medium text-ink' : 'text-muted hover:text-ink'}`}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
