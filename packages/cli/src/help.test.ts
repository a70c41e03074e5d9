import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { createProgram } from "./program.ts";
import { TestShell } from "./testing/run-cli.ts";

/** All that has no commands under it, with the words that lead to it. */
function leaves(command: Command, path: readonly string[] = []): { words: string[]; command: Command }[] {
  return command.commands.flatMap((child) => {
    const words = [...path, child.name()];
    return child.commands.length === 0 ? [{ words, command: child }] : leaves(child, words);
  });
}

const commands = leaves(createProgram(new TestShell().shell)).filter(
  // the help of some is another program's; what begins with underscores is none of a person's
  ({ words: [first = ""] }) => !["help", "emulator", "serve"].includes(first) && !first.startsWith("__"),
);

/** The words of one command line, as a shell without variables would see them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );
}

/** Command lines of the program in an example, which may have pipes, redirections and others' programs. */
function ownLines(example: string): string[][] {
  return example
    .split(/\s(?:\||&&|;)\s/)
    .map((part) => wordsOf(part.replace(/\s(?:\d?>|<).*$/, "")))
    .filter(([program]) => program === "flowith")
    .map(([, ...args]) => args);
}

describe.each(commands)("flowith $words --help", ({ words }) => {
  it("has examples that the program can read", async () => {
    const { exitCode, stdout } = await new TestShell().run(...words, "--help");
    expect(exitCode).toBe(0);
    const examples = /\nExamples?:\n((?: {2}.*\n?)+)/.exec(stdout)?.[1]?.trim().split("\n") ?? [];
    const lines = examples.flatMap((example) => ownLines(example.trim()));
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      const shell = new TestShell();
      const parsed = createProgram(shell.shell, false, () => async () => {}).parseAsync(line, { from: "user" });
      await expect(parsed, `flowith ${line.join(" ")}: ${shell.stderr}`).resolves.toBeDefined();
    }
  });
});

describe.each([40, 80])("help in a terminal of %i columns", (columns) => {
  it.each([[], ["image"], ["conversations", "export"], ["login"]])("is broken between words: %s", async (...words) => {
    const shell = new TestShell({ isTerminal: true, columns });
    const { stdout } = await shell.run(...words, "--help");
    // usage and examples are there to be copied
    const prose = stdout.split("\n").filter((line) => !/^(?:Usage:| {2}(?! ).*flowith)/.test(line));
    expect(prose.filter((line) => line.length > columns)).toEqual([]);
    expect(prose.join(" ")).toMatch(/\w/);
  });
});
