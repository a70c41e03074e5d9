import type { EmulatorUser } from "@flowith-webapi/emulator";
import { vi } from "vitest";
import type { CliEmulator } from "./emulator.ts";
import { type RunResult, TestShell, type TestShellOptions } from "./run-cli.ts";
import { Screen } from "./screen.ts";

/** No limit of its own: that of the test ends a wait for what never comes, on machines of any speed. */
const PATIENCE = { timeout: 60_000, interval: 25 };

/** A person with a chat on their terminal. */
export class Chatting {
  readonly shell: TestShell;
  readonly user: EmulatorUser;
  readonly #service: CliEmulator;
  readonly #columns: number;
  readonly #result: Promise<RunResult>;

  private constructor(service: CliEmulator, user: EmulatorUser, shell: TestShell, columns: number, args: string[]) {
    this.#service = service;
    this.user = user;
    this.shell = shell;
    this.#columns = columns;
    this.#result = shell.run("chat", ...args);
  }

  static async start(
    service: CliEmulator,
    args: string[] = [],
    { user, columns = 80, ...options }: TestShellOptions & { user?: EmulatorUser } = {},
  ): Promise<Chatting> {
    const owner = user ?? (await service.user());
    const shell = await TestShell.onEmulator(service.emulator, owner, { ...options, columns, isTerminal: true });
    return new Chatting(service, owner, shell, columns, args);
  }

  /** What the terminal shows of stdout, without empty lines. */
  get lines(): string[] {
    return Screen.of(this.shell.stdout, this.#columns).filter((line) => line !== "");
  }

  type(keys: string): void {
    this.shell.stdin.write(keys);
  }

  /** Waits until a text is on the screen (or among what went to stderr). */
  async sees(text: string): Promise<void> {
    await vi.waitFor(() => {
      const all = `${this.lines.join("\n")}\n${this.shell.stderr}`;
      if (!all.includes(text)) throw new Error(`${JSON.stringify(text)} is not to be seen in:\n${all}`);
    }, PATIENCE);
  }

  /** Waits until the program asks for the next message. */
  async isAsked(): Promise<void> {
    await vi.waitFor(() => {
      if (this.lines.at(-1) !== "›")
        throw new Error(`It does not ask:\n${this.lines.join("\n")}\n${this.shell.stderr}`);
    }, PATIENCE);
  }

  /** Types a line when it is asked for, and waits for what comes of it. @returns the lines that it shows */
  async say(message: string): Promise<string[]> {
    await this.isAsked();
    const before = this.lines.length;
    this.type(`${message}\r`);
    await vi.waitFor(() => {
      if (this.lines.length <= before) throw new Error(`Nothing comes of ${message}.`);
    }, PATIENCE);
    await this.isAsked();
    return this.lines.slice(before, -1);
  }

  /** Ends the chat by Ctrl-D, if it has not ended. */
  async ends(): Promise<RunResult> {
    this.type("\u0004");
    return await this.#result;
  }

  /** The messages of the last text that the service was asked for, as JSON. */
  get sent(): string {
    const posts = this.#service.emulator.journal.list({ user: this.user.id, route: "POST /completion/async" });
    return posts.at(-1)?.body ?? "";
  }
}
