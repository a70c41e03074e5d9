import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";
import { Screen } from "../testing/screen.ts";
import { Output } from "./output.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ imageMs: 300, firstEventMs: 10 });
});
afterAll(() => service[Symbol.asyncDispose]());

/** What one terminal shows that both streams go to. */
async function onScreen(work: (output: Output) => void | Promise<void>): Promise<string[]> {
  const { shell } = new TestShell({ isTerminal: true, env: { NO_COLOR: "1" } });
  const screen = new Screen(80);
  for (const stream of [shell.stdout, shell.stderr]) {
    const write = stream.write.bind(stream);
    Object.assign(stream, {
      write: (text: string, done?: () => void) => {
        screen.write(text);
        return write(text, done);
      },
    });
  }
  await work(new Output(shell, { color: true }));
  return screen.lines;
}

describe("a line for people", () => {
  it("stands in a row of its own, whatever is open on the terminal", async () => {
    const lines = await onScreen(async (output) => {
      output.drawLine("⠋ Making the picture 1 s");
      output.warn("[warn] one");
      output.drawLine("⠙ Making the picture 2 s");
      await output.write("Half a ");
      output.note("two");
      await output.write("line.\n");
      output.draw("a thought");
      output.warn("three");
      output.draw("a thought");
      await output.write("The answer.\n");
    });
    expect(lines.join("\n").trimEnd()).toBe(
      ["[warn] one", "Half a", "two", "line.", "a thought", "three", "a thought", "The answer."].join("\n"),
    );
  });

  it("is never mixed with progress in a log", async () => {
    const shell = await service.shell({ isTerminal: true, env: { NO_COLOR: "1" } });
    const { exitCode, stderr } = await shell.run("image", "A boat", "--verbose");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("Making the picture");
    const logged = Screen.of(stderr, 10_000).filter((line) => line.includes("[debug]"));
    expect(logged.length).toBeGreaterThan(1);
    expect(logged.filter((line) => !/^\[debug\](?!.*\[debug\])/.test(line))).toEqual([]);
    expect(logged.filter((line) => line.includes("Making"))).toEqual([]);
  });
});
