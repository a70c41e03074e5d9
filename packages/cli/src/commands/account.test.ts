import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

describe("whoami", () => {
  it("names the account and where its session comes from", async () => {
    const shell = await service.shell();
    expect(await shell.json("whoami")).toMatchObject({ source: "token", profile: null, sessionFile: null });
    const { stdout } = await shell.run("whoami");
    expect(stdout).toContain("session: FLOWITH_TOKEN");
  });

  it("ends with 3 where nobody is signed in, and says what to do", async () => {
    const shell = await TestShell.onEmulator(service.emulator);
    const { exitCode, stdout, stderr } = await shell.run("whoami");
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    expect(stderr).toContain("flowith login");
  });
});

describe("credits", () => {
  it("shows the sum and each grant", async () => {
    const shell = await service.shell();
    const found = await shell.json("credits");
    expect(found).toMatchObject({ remaining: expect.any(Number), grants: [{ remaining: expect.any(Number) }] });
    const { stdout } = await shell.run("credits");
    expect(stdout).toMatch(/^[\d,]+ credits left/);
  });
});
