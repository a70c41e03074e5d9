import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endOf, serviceOf, startCommand, startIn, urlOf } from "./support/command.ts";

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), "gateway-output-"));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

describe("a reader of the output that goes away", () => {
  it("does not end the gateway, whose lines are dropped", async () => {
    const child = startCommand(emulator, "--port", "0");
    const url = await urlOf(child);
    child.stderr?.destroy();
    for (const _ of [1, 2, 3]) expect((await fetch(`${url}/v1/models`)).status).toBe(401);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("ends a list of keys without a word", async () => {
    const file = join(folder, "many.json");
    const entry = { name: "x".repeat(100), sha256: "0".repeat(64), createdAt: "now", apiKeyVariable: "KEY" };
    const keys = Array.from({ length: 5_000 }, (_, at) => ({ ...entry, id: String(at) }));
    await writeFile(file, JSON.stringify({ version: 1, keys }));
    const child = startCommand(emulator, "keys", "list", "--keys", file);
    child.stdout?.once("data", () => child.stdout?.destroy());
    expect(await endOf(child)).toEqual({ code: 0, errors: "" });
  });
});

describe("a set-up that cannot work is told to the operator", () => {
  it.each([
    { flags: ["--pass-through-origin", "*"], says: "--pass-through-origin" },
    { flags: ["keys", "create", "--keys", "k.json", "--name", "x"], says: "whose account" },
    {
      flags: ["keys", "create", "--keys", "k", "--name", "x", "--session-file", "s", "--api-key-variable", "A"],
      says: "cannot be used with",
    },
    { flags: ["--port", "0"], env: { FLOWITH_EDGE_URL: "nonsense" }, says: "FLOWITH_EDGE_URL" },
    { flags: ["--port", "0"], env: { FLOWITH_SUPABASE_URL: "ftp://x" }, says: "FLOWITH_SUPABASE_URL" },
  ])("as a wrong command line: $flags $env", async ({ flags, env, says }) => {
    const { code, errors } = await endOf(startIn({ ...serviceOf(emulator), ...env }, ...flags));
    expect(errors).toMatch(/^flowith-gateway: /);
    expect(errors).toContain(says);
    expect(code).toBe(2);
  });

  it("where a list's file is not there, or a folder", async () => {
    const lost = await endOf(startCommand(emulator, "keys", "list", "--keys", join(folder, "typo.json")));
    expect(lost).toMatchObject({ code: 1, errors: expect.stringContaining("There is no file") });
    const nowhere = await endOf(startCommand(emulator, "--port", "0", "--keys", join(folder, "no/keys.json")));
    expect(nowhere).toMatchObject({ code: 1, errors: expect.stringContaining("there is no folder") });
  });

  it("where a key's variable is not set, when it is made and when it is served", async () => {
    const file = join(folder, "keys.json");
    const create = ["keys", "create", "--keys", file, "--name", "x", "--api-key-variable", "NOPE_VAR"];
    const made = await endOf(startCommand(emulator, ...create));
    expect(made).toMatchObject({ code: 0, errors: expect.stringContaining("NOPE_VAR is not set here") });
    const served = startCommand(emulator, "--port", "0", "--keys", file);
    const end = endOf(served);
    await urlOf(served);
    served.kill("SIGTERM");
    expect((await end).errors).toMatch(/Key \w+ opens nothing: .* NOPE_VAR, which is not set/);
  });

  it("where nobody has a key yet", async () => {
    const child = startCommand(emulator, "--port", "0", "--keys", join(folder, "later.json"));
    const end = endOf(child);
    await urlOf(child);
    child.kill("SIGTERM");
    expect(await end).toMatchObject({ code: 0, errors: expect.stringContaining("nobody is let in") });
  });
});
