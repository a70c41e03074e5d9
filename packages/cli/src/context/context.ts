import { join } from "node:path";
import type { Flowith, FlowithOptions, JobStore } from "flowith-webapi";
import type { GlobalFlags } from "../global-flags.ts";
import { Output } from "../output/output.ts";
import { retryNote } from "../output/retry-note.ts";
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

  /**
   * Before a command begins what needs a session.
   * @param client default: the context's own
   * @throws CliError where nobody is signed in
   */
  async requireSession(client?: Flowith): Promise<void> {
    const asked = client ?? (await this.client());
    if ((await asked.auth.session({ signal: this.signal })) !== null) return;
    const { notSignedIn } = await import("./session-error.ts");
    throw notSignedIn((await this.settings()).source);
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
      middleware: retryNote(this.output),
      // what matters of a warning comes as an error, too
      logLevel: this.flags.verbose ? "debug" : "error",
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

  /** What an action threw, with what the settings have to do with it: whose session it is of, or whose address. */
  async explained(error: unknown): Promise<unknown> {
    const settings = await this.#settings?.catch(() => undefined);
    if (settings === undefined || this.signal.aborted) return error;
    const [{ withAddressHint }, { withSession }] = await Promise.all([
      import("./address-hint.ts"),
      import("./session-error.ts"),
    ]);
    return withAddressHint(withSession(error, settings.source), settings);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // what was cut off ends its row: the error that is told then, and the shell's prompt, begin another
    this.output.endRow();
    const client = await this.#client?.catch(() => undefined);
    client?.close();
  }
}
