import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Flowith } from "flowith-webapi";
import { oneLine } from "../../output/printable.ts";
import type { Shell } from "../../shell.ts";
import { chatCommands } from "./commands/run-command.ts";
import { textModels } from "./text-models.ts";
import { typedPath } from "./typed-path.ts";

type Completion = [string[], string];

/** readline writes what it is given to the terminal as it is. */
const isPlain = (name: string): boolean => oneLine(name) === name;

/** What Tab puts in: commands, models behind /model, paths behind /upload and /save. */
export class Completer {
  readonly #client: Flowith;
  readonly #shell: Shell;
  #models: Promise<string[]> | undefined;

  constructor(client: Flowith, shell: Shell) {
    this.#client = client;
    this.#shell = shell;
  }

  /** Never rejects: what cannot be looked up is not completed. */
  async complete(line: string): Promise<Completion> {
    const [, name, argument = ""] = /^\/([\w-]+)!?\s+(.*)$/s.exec(line) ?? [];
    try {
      if (name === "model") return [(await this.#ids()).filter((id) => id.startsWith(argument)), argument];
      if (name === "upload" || name === "save") return [await this.#paths(argument), argument];
    } catch {
      return [[], line];
    }
    if (!/^\/[\w-]*$/.test(line)) return [[], line];
    const names = [...chatCommands()].map(([known, command]) => (command.argument ? `/${known} ` : `/${known}`));
    return [names.filter((known) => known.startsWith(line)), line];
  }

  /** Asked for once; again where that failed. */
  #ids(): Promise<string[]> {
    const asked = this.#models ?? this.#ask();
    this.#models = asked;
    return asked;
  }

  async #ask(): Promise<string[]> {
    try {
      const models = await textModels(this.#client, this.#shell.signal);
      return models.map(({ modelId }) => modelId).filter(isPlain);
    } catch (error) {
      this.#models = undefined;
      throw error;
    }
  }

  async #paths(typed: string): Promise<string[]> {
    const before = typed.slice(0, typed.lastIndexOf("/") + 1);
    const begun = typed.slice(before.length);
    const path = typedPath(this.#shell, before === "" ? "." : before);
    const folder = before === "" || before.endsWith("/") ? path : dirname(path);
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter(({ name }) => isPlain(name) && name.startsWith(begun) && (begun.startsWith(".") || !name.startsWith(".")))
      .map((entry) => `${before}${entry.name}${entry.isDirectory() ? "/" : ""}`)
      .sort();
  }
}
