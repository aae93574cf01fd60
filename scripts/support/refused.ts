/** A sentence for whoever typed the command; no bug. */
export class Refused extends Error {
  override name = 'Refused';
}

/** Ctrl-C: whoever typed the command took it back. */
export class Interrupted extends Error {
  /** What a shell reports of a command that SIGINT ended. */
  static readonly exitCode = 130;
}
