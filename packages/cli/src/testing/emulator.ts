import { type Emulator, type EmulatorOptions, type EmulatorUser, startEmulator } from "@flowith-webapi/emulator";
import { TestShell, type TestShellOptions } from "./run-cli.ts";

/** An emulator for one file of tests. */
export class CliEmulator implements AsyncDisposable {
  readonly emulator: Emulator;
  #users = 0;

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
  }

  static async start(options: EmulatorOptions = {}): Promise<CliEmulator> {
    return new CliEmulator(await startEmulator(options));
  }

  /** A user of the test's own. */
  user(): Promise<EmulatorUser> {
    this.#users += 1;
    return this.emulator.createUser({ email: `cli-${this.#users}@example.com` });
  }

  /** A shell that is signed in as a user of its own, by the environment. */
  async shell(options: TestShellOptions = {}): Promise<TestShell> {
    return TestShell.onEmulator(this.emulator, await this.user(), options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.emulator.close();
  }
}
