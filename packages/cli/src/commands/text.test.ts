import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
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
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "usage", message: expect.stringContaining("--model") } });
  });
});
