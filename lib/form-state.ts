/**
 * What a server action tells its form. It never carries a password or a code:
 * `values` holds only what may be shown again (an email address, a name).
 */
export type FormState = {
  /** Rises with every answer, so that a repeated error takes focus again. */
  turn: number;
  /** The sentence for the form as a whole. */
  message?: string;
  /** Sentences by field name. */
  errors?: Readonly<Record<string, string>>;
  /** What was typed, for fields that may keep it. */
  values?: Readonly<Record<string, string>>;
  /**
   * Work that the browser is asked for before the form is looked at (RL-2): what its field `proof` brings back, solved,
   * or as it is once so many seconds have passed.
   */
  proof?: Readonly<{ challenge: string; seconds: number }>;
  /** Set by the browser alone: the form never came to an action that took it. */
  notSent?: NotSentWhy;
};

/** The network or a proxy failed; or the action is of a build that is not there any more (UPG-2). */
export type NotSentWhy = 'no-connection' | 'other-build';

export const emptyForm: FormState = { turn: 0 };

/** A server action as `useActionState` calls it. */
export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

/** The turn of the next answer. A replayed action may bring anything as its former state. */
export function nextTurn(previous: FormState | undefined): number {
  return Number.isSafeInteger(previous?.turn) ? (previous?.turn ?? 0) + 1 : 1;
}

/** The form of an action. A replayed action may bring anything in its place, which is an empty form. */
export const formOf = (sent: unknown): FormData => (sent instanceof FormData ? sent : new FormData());

/** One value of a form. Repeated fields and files are no value: undefined, which every use-case refuses. */
export function single(form: FormData, name: string): string | undefined {
  const values = formOf(form).getAll(name);
  const [value] = values;
  return values.length === 1 && typeof value === 'string' ? value : undefined;
}
