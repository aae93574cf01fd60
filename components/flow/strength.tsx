'use client';

import { useEffect, useState } from 'react';
import { reasonOf } from './strength-reason';

export type Strength = { score: 0 | 1 | 2 | 3 | 4; reason: string };

const words = ['Very easy to guess.', 'Easy to guess.', 'Could be better.', 'Good.', 'Strong.'] as const;
const tones = ['bg-bad', 'bg-bad', 'bg-brass', 'bg-good', 'bg-good'] as const;

type Estimate = (password: string, own: string) => Strength;
let loaded: Promise<Estimate> | undefined;

/** The estimator and its dictionary are large: fetched once somebody types, from this site. */
function estimator(): Promise<Estimate> {
  loaded ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(([core, common]) => {
    const zxcvbn = new core.ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
    return (password, own) => {
      const result = zxcvbn.check(password.slice(0, 128), [own, ...own.split('@')]);
      return { score: result.score, reason: reasonOf(result) };
    };
  });
  return loaded;
}

/**
 * Advises, with its reason; never refuses (PW-4, UX-5). Nothing is shown before something is typed.
 * @param own the address of this flow, which is easy to guess
 */
export function StrengthMeter({ password, own }: { password: string; own: string }) {
  const [strength, setStrength] = useState<Strength | null>(null);
  useEffect(() => {
    let current = true;
    if (password === '') setStrength(null);
    else
      void estimator()
        .then((estimate) => current && setStrength(estimate(password, own)))
        .catch(() => {});
    return () => {
      current = false;
    };
  }, [password, own]);
  return (
    <div className="-mt-2 mb-4.5 min-h-9">
      <div className="mb-1.5 grid grid-cols-4 gap-1.5" aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span
            key={bar}
            className={`h-1 rounded-full ${strength && bar <= Math.max(1, strength.score) ? tones[strength.score] : 'bg-line'}`}
          />
        ))}
      </div>
      <p className="text-[0.8125rem] text-muted" aria-live="polite">
        {strength ? `${words[strength.score]} ${strength.reason}` : ''}
      </p>
    </div>
  );
}
