import type { Readable, Writable } from "node:stream";

/** A stream to read from, which may be a terminal. */
export type ShellInput = Readable & { isTTY?: boolean | undefined; setRawMode?: (isRaw: boolean) => unknown };

/** A stream to write to, which may be a terminal. */
export type ShellOutput = Writable & {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  rows?: number | undefined;
};

/** All that the program has of the process that it runs in; tests bring their own. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative paths of the command line are relative to. */
  readonly cwd: string;
  readonly stdin: ShellInput;
  /** Whether stdin is a socket: what Node gives to a program that it starts, and often leaves open without a word. */
  readonly isStdinSocket: boolean;
  readonly stdout: ShellOutput;
  readonly stderr: ShellOutput;
  /** Aborted by Ctrl-C, SIGTERM, and by a reader of stdout that goes away. */
  readonly signal: AbortSignal;
  /**
   * While the listener is there, Ctrl-C calls it in place of ending the program.
   * @returns takes it away again
   */
  onInterrupt(listener: () => void): () => void;
  /** Shows a page or a file to the person, by the system's own program. Rejects where there is none. */
  open(target: string): Promise<void>;
}

/** Why `Shell.signal` is aborted. */
export class Interruption extends Error {
  override name = "Interruption";
  /** How the program ends. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
