import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TestShell, type TestShellOptions } from "../testing/run-cli.ts";
import { readPrompt } from "./read-prompt.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function reading(words: string[], options: TestShellOptions) {
  const shell = new TestShell({ input: null, ...options });
  const notes: string[] = [];
  const prompt = readPrompt(shell.shell, words, (line) => notes.push(line));
  prompt.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(3_000);
  return { shell, notes, prompt };
}

describe("a prompt beside an open stdin that says nothing", () => {
  it("goes without it after three seconds where it is a socket, and says so", async () => {
    const { prompt, notes } = await reading(["Hi"], { isStdinSocket: true });
    expect(await prompt).toBe("Hi");
    expect(notes).toEqual([expect.stringContaining("the prompt goes alone.")]);
  });

  it.each([
    { name: "a shell's pipe", words: ["Hi"], options: {} },
    { name: "a socket that - asks for", words: ["Hi", "-"], options: { isStdinSocket: true } },
  ])("waits for $name, and says so", async ({ words, options }) => {
    const { shell, prompt, notes } = await reading(words, options);
    expect(notes).toEqual([expect.stringContaining("Waiting for what is piped in.")]);
    shell.stdin.end("late");
    expect(await prompt).toBe("Hi\n\nlate");
  });

  it("reads a socket to its end once something has come", async () => {
    const shell = new TestShell({ input: null, isStdinSocket: true });
    const prompt = readPrompt(shell.shell, ["Hi"], () => undefined);
    shell.stdin.write("one ");
    await vi.advanceTimersByTimeAsync(10_000);
    shell.stdin.end("two");
    expect(await prompt).toBe("Hi\n\none two");
  });
});
