import { moment } from './figures';

/** A moment in UTC, to the second. */
export const Time = ({ at }: { at: Date }) => (
  <time dateTime={at.toISOString()} className="whitespace-nowrap tabular-nums">
    {moment(at)}
  </time>
);
