/** What a script can tell from the way that the program ends. Documented in the README and in `flowith --help`. */
export const ExitCode = {
  Ok: 0,
  /** The service, the disk or the program failed. */
  Failed: 1,
  /** The command line, a setting or an input is wrong, or names what is not there; nothing was begun. */
  Usage: 2,
  /** Nobody is signed in, or the session is over. */
  SignIn: 3,
  /** The account has no credits for it. */
  Credits: 4,
  /** No connection, a time limit, a rate limit or a failing server: the same command may work later. */
  TryLater: 5,
  /** A part of the work failed, or `doctor` found something; what went well is there. */
  Partly: 6,
  /** As a shell says it of a program whose reader went away. */
  BrokenPipe: 141,
  /** As a shell says it of Ctrl-C. */
  Interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
