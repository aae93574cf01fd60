import { z } from 'zod';
import {
  commonSentences,
  cursorShape,
  minuteText,
  momentShape,
  orderedTimes,
  type Params,
  type Place,
  placeOf,
  reader,
  setOnes,
  sizeShape,
  uuidShape as uuid,
} from '@/lib/admin/list/query';

export const deliveryStatuses = ['queued', 'sending', 'sent', 'delivered', 'failed', 'abandoned'] as const;
export const deliveryChannels = ['email', 'sms'] as const;
export const failureClasses = ['recipient', 'account', 'passing'] as const;

/** Whose deliveries: a keyed hash and the channel that it was typed for. An address never stands in a URL (FLO-6, AUD-3). */
export type Who = { channel: 'email' | 'sms'; hash: string };
/** What deliveries to show. Null: any. */
export type DeliveryFilter = {
  who: Who | null;
  /** The person whom that address belongs to now: what has not left yet carries no hash. */
  person: string | null;
  status: (typeof deliveryStatuses)[number] | null;
  channel: (typeof deliveryChannels)[number] | null;
  errorClass: (typeof failureClasses)[number] | null;
  /** Queued at this moment or later. */
  from: Date | null;
  /** Queued before this moment. */
  to: Date | null;
};

/** A query string, understood as far as it can be: each part that cannot has a sentence and its default. */
export type DeliveryQuery = { filter: DeliveryFilter; place: Place; size: number; problems: readonly string[] };

export const whoText = ({ channel, hash }: Who): string => `${channel}-${hash}`;

const whoShape = z
  .string()
  .regex(/^(email|sms)-[0-9a-f]{64}$/)
  .transform((text): Who => {
    const [channel, hash = ''] = text.split('-');
    return { channel: channel === 'sms' ? 'sms' : 'email', hash };
  });
const sentences = {
  who: 'The search is broken: type the address or number once more.',
  person: 'The search is broken: type the address or number once more.',
  status: 'There is no such status. Every status is shown.',
  channel: 'There is no such channel. Both are shown.',
  class: 'There is no such kind of error. All are shown.',
  ...commonSentences,
} as const;

/** Never throws, whatever stands in a query string. Empty values, as a form sends them, are none. */
export function readDeliveryQuery(params: Params): DeliveryQuery {
  const { read, problems } = reader(params, sentences);
  const who = read('who', whoShape);
  const filter: DeliveryFilter = {
    who,
    person: who && read('person', uuid),
    status: read('status', z.enum(deliveryStatuses)),
    channel: read('channel', z.enum(deliveryChannels)),
    errorClass: read('class', z.enum(failureClasses)),
    from: read('from', momentShape),
    to: read('to', momentShape),
  };
  orderedTimes(filter, problems);
  const size = read('size', sizeShape) ?? 50;
  return {
    filter,
    place: placeOf(read('older', cursorShape), read('newer', cursorShape), problems),
    size,
    problems: [...problems],
  };
}

/** The filter as a query string has it, to be changed and extended; what is left out is any. */
export function filterParams({ who, person, status, channel, errorClass, from, to }: DeliveryFilter) {
  const params = {
    who: who && whoText(who),
    person,
    status,
    channel,
    class: errorClass,
    from: from && minuteText(from),
    to: to && minuteText(to),
  };
  return setOnes(params);
}
