import { join } from "node:path";
import type { Flowith, FlowithOptions, JobStore } from "flowith-webapi";
import type { GlobalFlags } from "../global-flags.ts";
import { Output } from "../output/output.ts";
import { stderrLogger } from "../output/stderr-logger.ts";
import type { Shell } from "../shell.ts";
import { readSettings, type Settings } from "./settings.ts";

/** What an action works with. The client is made when it is first asked for, and closed at the end. */
export class Context implements AsyncDisposable {
  readonly shell: Shell;
  readonly flags: GlobalFlags;
  readonly output: Output;
  #settings: Promise<Settings> | undefined;
  #client: Promise<Flowith> | undefined;

  constructor(shell: Shell, flags: GlobalFlags) {
    this.shell = shell;
    this.flags = flags;
    this.output = new Output(shell, flags);
  }

  get signal(): AbortSignal {
    return this.shell.signal;
  }

  /** @throws CliError for settings that cannot be read or mean nothing */
  settings(): Promise<Settings> {
    this.#settings ??= readSettings(this.shell, this.flags);
    return this.#settings;
  }

  client(): Promise<Flowith> {
    this.#client ??= this.makeClient();
    return this.#client;
  }

  /** Where the handles of this profile's jobs are kept. */
  async jobStore(): Promise<JobStore> {
    const { fileJobStore } = await import("flowith-webapi");
    const { folders, profile } = await this.settings();
    return fileJobStore(join(folders.jobs, profile));
  }

  /** A client that is the caller's own to close: by the settings, and by what is given. */
  async makeClient(options: FlowithOptions = {}): Promise<Flowith> {
    const [{ Flowith, fileSessionStore, fileJobStore }, settings] = await Promise.all([
      import("flowith-webapi"),
      this.settings(),
    ]);
    const { source, edgeUrl, supabaseUrl, supabaseKey, folders, profile } = settings;
    const { env } = this.shell;
    return new Flowith({
      edgeUrl,
      supabaseUrl,
      supabaseKey,
      jobStore: fileJobStore(join(folders.jobs, profile)),
      logger: stderrLogger(this.output),
      logLevel: this.flags.verbose ? "debug" : "warn",
      ...(source.kind === "token"
        ? {
            token: env.FLOWITH_TOKEN?.trim() || undefined,
            refreshToken: env.FLOWITH_REFRESH_TOKEN?.trim() || undefined,
            userId: env.FLOWITH_USER_ID?.trim() || undefined,
          }
        : { store: fileSessionStore(source.file) }),
      ...options,
    });
  }

  /** An error with what the settings have to do with it. */
  async explained(error: unknown): Promise<unknown> {
    const settings = await this.#settings?.catch(() => undefined);
    if (settings === undefined || this.signal.aborted) return error;
    const { withAddressHint } = await import("./address-hint.ts");
    return withAddressHint(error, settings);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // what was cut off ends its row: the error that is told then, and the shell's prompt, begin another
    this.output.endRow();
    const client = await this.#client?.catch(() => undefined);
    client?.close();
  }
}
