/** A message that a provider took. `to` is an address or a number. */
export type Arrival = { to: string; code: string | null; at: number };

/** Whom a code was asked for, and the code that must arrive. `alive` is false where none may. */
export type Asked = { email: string; phone: string | null; code: string; alive: boolean };

export type Counts = {
  asked: number;
  sent: number;
  /** Messages beyond a person's first. */
  duplicated: number;
  /** Of those: what the fault itself makes unavoidable, because the provider had taken the first unheard. */
  excused: number;
  lost: number;
  /** Codes that were dead or retired, and were not sent, as meant. */
  withheld: number;
  /** What must hold besides, as sentences. */
  problems: string[];
};

/** What arrived, beside what was asked for. @param excused whether a person's further message is the fault's own doing */
export function count(asked: readonly Asked[], arrivals: readonly Arrival[], excused: Excuse = () => false): Counts {
  const alive = asked.filter((one) => one.alive);
  const to = (one: Asked) => arrivals.filter((came) => came.to === one.email || came.to === one.phone);
  const counts: Counts = {
    asked: alive.length,
    sent: 0,
    duplicated: 0,
    excused: 0,
    lost: 0,
    withheld: asked.length - alive.length,
    problems: [],
  };
  const right = new Set<Arrival>();
  for (const one of alive) {
    const came = to(one)
      .filter(({ code }) => code === one.code)
      .sort((a, b) => a.at - b.at);
    for (const arrival of came) right.add(arrival);
    if (came.length > 0) counts.sent += 1;
    else counts.lost += 1;
    counts.duplicated += Math.max(0, came.length - 1);
    for (const [n, after] of came.entries()) {
      const before = came[n - 1];
      if (before && excused(before, after)) counts.excused += 1;
    }
  }
  const wrong = new Set(asked.flatMap(to).filter((arrival) => !right.has(arrival)));
  if (wrong.size > 0) counts.problems.push(`${wrong.size} messages with another code, or with a dead one`);
  return counts;
}

export type Excuse = (before: Arrival, after: Arrival) => boolean;

/** Somebody died between the two: the first was taken, and its result went with the process. */
export const diedBetween =
  (deaths: readonly number[]): Excuse =>
  (before, after) =>
    deaths.some((at) => before.at <= at && at <= after.at);

export const failed = (counts: Counts): boolean =>
  counts.lost > 0 || counts.duplicated > counts.excused || counts.problems.length > 0;
