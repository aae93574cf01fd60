'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';

/** ms between two looks. */
const EVERY_MS = 10_000;

/** Asks for the page anew while somebody looks at it, and says how old it is. Its key is the moment of the page. */
export function Refresh() {
  const router = useRouter();
  const [old, setOld] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => {
      setOld(Math.floor((Date.now() - began) / 1_000));
      if (document.visibilityState === 'visible' && Date.now() - began >= EVERY_MS) router.refresh();
    }, 1_000);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <span className="text-sm text-faint tabular-nums">{old < 3 ? 'refreshed now' : `refreshed ${old} s ago`}</span>
  );
}
