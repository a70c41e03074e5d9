import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";
import { Screen } from "../testing/screen.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ firstEventMs: 0, fragmentMs: 1 });
  service.emulator.model.add({ match: "endless", reply: "word ".repeat(500), delayMs: 20 });
});
afterAll(() => service[Symbol.asyncDispose]());

describe("text", () => {
  it("writes the answer and nothing else to stdout", async () => {
    const shell = await service.shell();
    const { exitCode, stdout, stderr } = await shell.run("text", "What", "is the capital of Poland?");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/Warsaw.*\n$/);
  });

  it("puts what is piped in below the prompt", async () => {
    const shell = await service.shell({ input: "What is the capital of Poland?" });
    expect(await shell.json("text", "Answer this:")).toMatchObject({ text: expect.stringContaining("Warsaw") });
    const sent = service.emulator.journal.list().map(({ body }) => body);
    expect(sent.join()).toContain("Answer this:\\n\\nWhat is the capital of Poland?");
  });

  it("ends with 2 and sends nothing where there is no prompt", async () => {
    const shell = await service.shell();
    const { exitCode, stderr } = await shell.run("text", "  ");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("The prompt is empty.");
  });

  it("names an option that is near a mistyped one", async () => {
    const shell = await service.shell();
    const { exitCode, stderr } = await shell.run("text", "--modle", "x", "Hello");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--model");
  });

  it("writes an error of --json to stderr as JSON", async () => {
    const shell = await service.shell();
    const { exitCode, stdout, stderr } = await shell.run("text", "--json", "--image", "missing.png", "Hello");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "invalid_argument" } });
  });

  it("writes a wrong command line as JSON too", async () => {
    const shell = await service.shell();
    const { exitCode, stderr } = await shell.run("text", "--json", "--modle", "x", "Hello");
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "usage", hint: "Did you mean --model?" } });
  });
});

describe("text that is interrupted", () => {
  /** Ctrl-C when the answer has begun, or when it was asked for. */
  async function interrupted(isTerminal: boolean, ...args: string[]) {
    const user = await service.user();
    const shell = await TestShell.onEmulator(service.emulator, user, { isTerminal });
    const ended = shell.run("text", "endless", ...args);
    if (args.length === 0) await vi.waitUntil(() => shell.stdout.includes("word"), { timeout: 60_000 });
    else await service.emulator.journal.waitFor({ user: user.id, route: "POST /completion/async" }, 60_000);
    shell.interrupt();
    return { shell, ...(await ended) };
  }

  it("ends its line on a terminal, and says which job goes on", async () => {
    const { shell, exitCode, stdout, stderr } = await interrupted(true);
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/word \n$/);
    const [, id = ""] = /flowith jobs wait ([\da-f-]{36})\n$/.exec(stderr) ?? [];
    const again = new TestShell({ env: shell.shell.env, cwd: shell.shell.cwd });
    expect(await again.json("jobs", "ls")).toMatchObject([{ id, kind: "text", label: "endless" }]);
  });

  it("leaves a pipe as it is", async () => {
    const { exitCode, stdout, stderr } = await interrupted(false);
    expect(exitCode).toBe(130);
    expect(stdout).not.toContain("\n");
    expect(stderr).toMatch(/^What was begun goes on at the service\.\nIts result:\nflowith jobs wait \S+\n$/);
  });

  it("says the same with --json as one line of it", async () => {
    const { exitCode, stdout, stderr } = await interrupted(false, "--json");
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: "interrupted", hint: expect.stringMatching(/^flowith jobs wait [\da-f-]{36}$/) },
    });
  });
});

describe("text that fails on its way", () => {
  it("says so in a row of its own", async () => {
    const user = await service.user();
    const fail = { reason: "provider_error", afterEvents: 3 } as const;
    service.emulator.model.add({ match: "half", reply: "word ".repeat(50), user: user.id, fail });
    const shell = await TestShell.onEmulator(service.emulator, user, { isTerminal: true });
    const { exitCode, stdout, stderr } = await shell.run("text", "half");
    expect(exitCode).not.toBe(0);
    expect(stdout).toMatch(/word \n$/);
    expect(Screen.of(stderr, 200)[0]).toMatch(/^flowith: /);
  });
});

describe("text --direct", () => {
  it("answers without a trace on the canvas", async () => {
    const shell = await service.shell();
    expect(await shell.json("text", "--direct", "What is the capital of Poland?")).toMatchObject({
      text: expect.stringContaining("Warsaw"),
    });
    expect(await shell.json("conv", "ls")).toEqual([]);
    expect(await shell.json("jobs", "ls")).toEqual([]);
  });
});
