import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { Emulator } from "@flowith-webapi/emulator";
import { run } from "../run.ts";
import { Interruption, type Shell, type ShellInput, type ShellOutput } from "../shell.ts";

export interface TestShellOptions {
  env?: Record<string, string | undefined> | undefined;
  /** Default: a new folder. */
  cwd?: string | undefined;
  /** What is piped in; undefined: nothing, and the pipe is closed. `null`: the test writes and ends `stdin` itself. */
  input?: string | Uint8Array | null | undefined;
  /** Whether stdin is a socket, as programs of Node get it. */
  isStdinSocket?: boolean | undefined;
  /** Whether a person sits there: all three streams are a terminal. */
  isTerminal?: boolean | undefined;
  columns?: number | undefined;
}

export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A shell whose streams are in memory, for commands that are run in the test's own process. */
export class TestShell {
  readonly stdin: PassThrough & ShellInput;
  readonly shell: Shell;
  /** What `open` was given. */
  readonly opened: string[] = [];
  readonly #controller = new AbortController();
  readonly #listeners: (() => void)[] = [];
  #stdout = "";
  #stderr = "";

  constructor({
    env = {},
    cwd = process.cwd(),
    input,
    isStdinSocket = false,
    isTerminal = false,
    columns = 80,
  }: TestShellOptions = {}) {
    this.stdin = Object.assign(new PassThrough(), { isTTY: isTerminal, setRawMode: () => {} });
    if (input !== null && !isTerminal) this.stdin.end(input ?? "");
    this.shell = {
      env,
      cwd,
      stdin: this.stdin,
      isStdinSocket,
      stdout: this.#output(isTerminal, columns, (text) => {
        this.#stdout += text;
      }),
      stderr: this.#output(isTerminal, columns, (text) => {
        this.#stderr += text;
      }),
      signal: this.#controller.signal,
      onInterrupt: (listener) => {
        this.#listeners.push(listener);
        return () => {
          this.#listeners.splice(this.#listeners.indexOf(listener), 1);
        };
      },
      open: async (target) => {
        this.opened.push(target);
      },
    };
  }

  /** A folder for all that the program keeps, and the addresses and session of an emulator's user. */
  static async onEmulator(
    emulator: Pick<Emulator, "edgeUrl" | "supabaseUrl" | "supabaseKey">,
    user?: { token: string; refreshToken: string } | undefined,
    { env, ...options }: TestShellOptions = {},
  ): Promise<TestShell> {
    const home = await mkdtemp(join(tmpdir(), "flowith-cli-"));
    return new TestShell({
      cwd: home,
      ...options,
      env: {
        FLOWITH_HOME: join(home, "home"),
        FLOWITH_EDGE_URL: emulator.edgeUrl,
        FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
        FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
        ...(user === undefined ? {} : { FLOWITH_TOKEN: user.token, FLOWITH_REFRESH_TOKEN: user.refreshToken }),
        ...env,
      },
    });
  }

  /** What has been written so far. */
  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Runs a command line; what it writes is also in `stdout` and `stderr` while it runs. */
  async run(...args: string[]): Promise<RunResult> {
    const before = { stdout: this.#stdout.length, stderr: this.#stderr.length };
    const exitCode = await run(args, this.shell);
    return { exitCode, stdout: this.#stdout.slice(before.stdout), stderr: this.#stderr.slice(before.stderr) };
  }

  /** Runs it with `--json`; expects that it goes well. @returns what it printed */
  async json(...args: string[]): Promise<unknown> {
    const { exitCode, stdout, stderr } = await this.run(...args, "--json");
    if (exitCode !== 0) throw new Error(`flowith ${args.join(" ")} ended with ${exitCode}: ${stderr}${stdout}`);
    return JSON.parse(stdout);
  }

  /** Ctrl-C. */
  interrupt(): void {
    const listener = this.#listeners.at(-1);
    if (listener === undefined) this.#controller.abort(new Interruption("Interrupted.", 130));
    else listener();
  }

  #output(isTTY: boolean, columns: number, take: (text: string) => void): ShellOutput {
    const stream = new PassThrough();
    const decoder = new TextDecoder();
    stream.on("data", (bytes: Uint8Array) => take(decoder.decode(bytes, { stream: true })));
    return Object.assign(stream, { isTTY, columns, rows: 24 });
  }
}
