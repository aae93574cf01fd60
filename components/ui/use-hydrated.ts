'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and until scripts run: what needs them is not offered before. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
