'use client';

import { useEffect, useState } from 'react';
import type { FlowStatus } from './flow-status';
import { startPolling } from './status-poll';

/**
 * The status as it changes. A fresh page replaces what was polled.
 * @param initial what the server rendered @param asOf when that was @param secondsLeft of the code, at that moment
 */
export function useStatusPoll(initial: FlowStatus, asOf: number, secondsLeft: number): FlowStatus {
  const [known, setKnown] = useState({ asOf, status: initial });
  if (known.asOf !== asOf) setKnown({ asOf, status: initial });
  useEffect(
    () =>
      startPolling({
        forMs: secondsLeft * 1000,
        onStatus: (status) => setKnown({ asOf, status }),
      }),
    [asOf, secondsLeft],
  );
  return known.asOf === asOf ? known.status : initial;
}
