/**
 * What is to be said, apart from how it is rendered (templates/) and how it travels (port.ts).
 * `appName` and `origin` come from configuration only, never from a request (DEL-4).
 */
export type MessageContent =
  | {
      kind: 'code';
      appName: string;
      origin: URL;
      code: string;
      /** Whole minutes of life left, at least 1. */
      minutes: number;
      /** Seconds of life left: what an SMS is worth delivering for (DEL-6). */
      secondsLeft: number;
    }
  | { kind: 'password_changed'; appName: string; origin: URL; at: Date };
