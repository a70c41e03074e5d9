import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CliEmulator } from "./emulator.ts";
import { TestShell } from "./run-cli.ts";

export const TEXT_POST = "POST /completion/async";

/** A user of its own, and a folder with an input. */
export async function batchOf(service: CliEmulator, content: string | Uint8Array, name = "in.jsonl") {
  const user = await service.user();
  const shell = await TestShell.onEmulator(service.emulator, user);
  const { cwd } = shell.shell;
  await writeFile(join(cwd, name), content);
  return {
    user,
    shell,
    folder: cwd,
    posts: (route = TEXT_POST) =>
      service.emulator.journal.list({ user: user.id, route }).map(({ body }) => JSON.parse(body ?? "{}")),
    results: async (file = "out.jsonl"): Promise<Record<string, unknown>[]> => {
      const lines = (await readFile(join(cwd, file), "utf8")).split("\n").slice(0, -1);
      return lines.map((line) => JSON.parse(line));
    },
    files: async () => (await readdir(cwd)).filter((file) => file !== "home").sort(),
    /** A new shell of the same user in the same folder, as a second command has. */
    again: (options: { input?: string } = {}) => TestShell.onEmulator(service.emulator, user, { cwd, ...options }),
  };
}

/** A line of JSON for each. */
export const jsonl = (...lines: unknown[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
