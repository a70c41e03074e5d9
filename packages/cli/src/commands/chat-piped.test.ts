import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Chatting } from "../testing/chatting.ts";
import { CliEmulator } from "../testing/emulator.ts";

let service: CliEmulator;
beforeAll(async () => {
  // loaded here, since the first test would have to wait for it
  [service] = await Promise.all([CliEmulator.start(), import("../actions/chat/interactive-chat.ts")]);
  Object.assign(service.emulator.settings, { firstEventMs: 0, fragmentMs: 1, imageMs: 1, videoMs: 1 });
  const { model } = service.emulator;
  model.add({ match: "tide", reply: "It **rises** and `falls`.", reasoning: "The moon, I think." });
  model.add({ match: "endless", reply: "word ".repeat(20_000), delayMs: 20 });
});
afterAll(() => service[Symbol.asyncDispose]());

describe("a chat without a terminal", () => {
  it("prints one answer to what is piped in", async () => {
    const shell = await service.shell({ input: "What is a tide?\nAnd why?" });
    const { exitCode, stdout, stderr } = await shell.run("chat");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "It **rises** and `falls`.\n" });
    expect(stderr).toMatch(/^To go on: flowith chat --conversation [\da-f-]{36}\n$/);
  });

  it("ends with 130 at Ctrl-C", async () => {
    const shell = await service.shell({ input: "endless" });
    const ended = shell.run("chat");
    await vi.waitFor(() => expect(shell.stdout).toContain("word word"), 60_000);
    shell.interrupt();
    expect((await ended).exitCode).toBe(130);
  });

  it("knows what was said before in its conversation", async () => {
    const user = await service.user();
    const first = await Chatting.start(service, ["My name is Alice."], { user });
    await first.isAsked();
    const { stdout } = await first.ends();
    const [, id = ""] = /--conversation ([\da-f-]{36})/.exec(stdout) ?? [];
    const env = { ...first.shell.shell.env };
    const shell = await service.shell({ input: "What is my name?", env });
    expect((await shell.run("chat", "-c", id)).stdout).toContain("Alice");
  });

  it("writes events as lines of JSON", async () => {
    const shell = await service.shell({ input: "What is a tide?" });
    const { stdout } = await shell.run("chat", "--json");
    const events: unknown[] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const deltas = (type: string): string =>
      events.flatMap((event) => (isDelta(event, type) ? [event.delta] : [])).join("");
    expect(deltas("text")).toBe("It **rises** and `falls`.");
    expect(deltas("reasoning")).toContain("The moon");
    expect(events.at(-1)).toMatchObject({
      type: "done",
      text: "It **rises** and `falls`.",
      convId: expect.any(String),
    });
  });
});

function isDelta(event: unknown, type: string): event is { delta: string } {
  return typeof event === "object" && event !== null && "type" in event && event.type === type && "delta" in event;
}
