/**
 * What is to be said, apart from how it is rendered (templates/) and how it travels (port.ts).
 * `appName`, `origin` and links come from configuration only, never from a request (DEL-4).
 * `notMe` is the link of a mail (POST-3): null where there is none to give. An SMS leaves it out.
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
      /** Cancels this code. */
      notMe: URL | null;
    }
  | {
      /** To an admin of a demonstration, by the local inbox alone (ADM-5). */
      kind: 'second_step';
      appName: string;
      origin: URL;
      code: string;
      minutes: number;
    }
  | {
      kind: 'password_changed';
      appName: string;
      origin: URL;
      at: Date;
      /** Stops the new password. */
      notMe: URL | null;
    }
  | {
      /** To admins, by email alone: somebody is locked out and no code can help (POST-3). */
      kind: 'operator_needed';
      appName: string;
      origin: URL;
      at: Date;
      /** The email address of whoever needs help; null where the account is gone by now. */
      account: string | null;
    }
  | {
      /** From an admin, by email alone: the way to a new password (ADM-3). */
      kind: 'reset_invited';
      appName: string;
      origin: URL;
      at: Date;
    }
  | {
      /** To admins, by email alone: something is wrong, or is over (OBS-2). */
      kind: 'alert';
      appName: string;
      origin: URL;
      at: Date;
      ended: boolean;
      words: { title: string; sentence: string; advice: string };
    }
  | {
      /** To an admin, by email alone: wrong codes at the second step, behind their right password (ADM-5). */
      kind: 'second_step_guessed';
      appName: string;
      origin: URL;
      at: Date;
    }
  | {
      /** To the owner and to admins: many wrong codes in a row (VER-3). */
      kind: 'guessing';
      appName: string;
      origin: URL;
      at: Date;
      /** Whose account it is, for an admin; null for the owner. */
      account: string | null;
    };
