import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ imageMs: 20 });
});
afterAll(() => service[Symbol.asyncDispose]());

describe("models", () => {
  it("needs no account, and finds by kind and words", async () => {
    const shell = await TestShell.onEmulator(service.emulator);
    const found = await shell.json("models", "GEMINI", "pro", "--kind", "image");
    expect(found).toMatchObject([{ id: "gemini-3-pro-image-preview", kind: "image", tier: "pro" }]);
    const { stdout, stderr } = await shell.run("models", "no", "such", "model");
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: expect.stringContaining("No model") });
  });

  it("shows all of one", async () => {
    const shell = await TestShell.onEmulator(service.emulator);
    expect(await shell.json("models", "seedance-2.0-fast")).toMatchObject({
      durations: [4, 5, 8, 10],
      keyframes: true,
    });
    const { stdout } = await shell.run("models", "seedance-2.0-fast");
    expect(stdout).toContain("durations: 4 s, 5 s, 8 s, 10 s");
  });

  it("obeys nothing that stands in a title", async () => {
    const shell = await service.shell({ isTerminal: true, env: { NO_COLOR: "1" } });
    const title = "Nice\u001b]52;c;aGk=\u0007 one";
    service.emulator.faults.arm({ type: "status", route: "GET /models", status: 200, body: { evil: { title } } });
    const { stdout } = await shell.run("models");
    expect(stdout).toContain("Nice one");
    expect(stdout).not.toContain("\u001b");
  });
});

describe("templates", () => {
  it("lists by type, and gives a prompt whole", async () => {
    const shell = await service.shell();
    expect(await shell.json("templates", "--type", "image")).toMatchObject([{ id: "product-photo" }]);
    const { stdout } = await shell.run("templates", "show", "summary");
    expect(stdout).toBe("Summarize this in three sentences: {{text}}\n");
    expect((await shell.run("templates", "show", "nothing")).exitCode).toBe(2);
  });
});

describe("events", () => {
  it("writes a line an event, and ends after so many", async () => {
    const user = await service.user();
    const [listening, working] = await Promise.all([1, 2].map(() => TestShell.onEmulator(service.emulator, user)));
    const run = listening?.run("events", "--json", "--type", "complete", "--max", "1");
    await service.emulator.journal.waitFor({ route: "GET /user_stream/stream", user: user.id }, 30_000);
    await working?.run("text", "Hello");
    const { exitCode, stdout } = (await run) ?? {};
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout ?? "")).toMatchObject({ type: "complete", nodeId: expect.any(String) });
  });

  it("tells those of one conversation alone, by the beginning of its id", async () => {
    const user = await service.user();
    const [listening, working] = await Promise.all([1, 2].map(() => TestShell.onEmulator(service.emulator, user)));
    const { stdout } = (await working?.run("text", "Hello", "--json")) ?? {};
    const { convId: id }: { convId: string } = JSON.parse(stdout ?? "");
    const run = listening?.run("events", "--json", "-c", id.slice(0, 8), "--max", "1");
    await service.emulator.journal.waitFor({ route: "GET /user_stream/stream", user: user.id }, 30_000);
    await working?.run("text", "In another one");
    await working?.run("text", "Here", "-c", id);
    expect(JSON.parse((await run)?.stdout ?? "")).toMatchObject({ convId: id });
  });

  it("ends with 130 at Ctrl-C, and after its time with 0, or 5 where events are missing", async () => {
    const user = await service.user();
    const shell = await TestShell.onEmulator(service.emulator, user);
    expect((await shell.run("events", "--timeout", "0.2")).exitCode).toBe(0);
    expect((await shell.run("events", "--timeout", "0.2", "--max", "3")).exitCode).toBe(5);
    const { id = 0 } = service.emulator.journal.list({ user: user.id }).at(-1) ?? {};
    const run = shell.run("events");
    await service.emulator.journal.waitFor({ route: "GET /user_stream/stream", user: user.id, after: id }, 30_000);
    shell.interrupt();
    expect((await run).exitCode).toBe(130);
  });
});
