import { act } from '@testing-library/react';
import { DeliveryStatus } from '@/components/flow/delivery-status';
import { unknown } from './status-server';

type Shown = Partial<Parameters<typeof DeliveryStatus>[0]>;

/** The status of a code that was mailed just now. */
export const page = (changes: Shown = {}) => (
  <DeliveryStatus
    initial={unknown}
    channel="email"
    otherChannel="sms"
    asOf={1}
    secondsLeft={600}
    adviceInSeconds={30}
    {...changes}
  />
);

/** @param ms of Jest’s fake clock */
export const passes = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
