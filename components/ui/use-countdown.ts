'use client';

import { useEffect, useState } from 'react';

/**
 * Counts down from what the server said at its last answer. It measures passed time here and never compares
 * clocks, so that a wrong clock on a phone does no harm.
 * @param seconds left when the server rendered them @param asOf when that was, by the server: the count starts anew
 * only with fresh seconds, never with an answer that brought none
 * @returns whole seconds left, never negative
 */
export function useCountdown(seconds: number, asOf: number): number {
  const [left, setLeft] = useState(seconds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh answer with the same number starts anew as well
  useEffect(() => {
    const start = performance.now();
    const tick = () => setLeft(Math.max(0, Math.ceil(seconds - (performance.now() - start) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [seconds, asOf]);
  return left;
}

/** @returns m:ss */
export const clockFace = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
