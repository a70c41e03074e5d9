import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EmulatorUser } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell, type TestShellOptions } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

function signedOut(options: TestShellOptions = {}): Promise<TestShell> {
  return TestShell.onEmulator(service.emulator, undefined, options);
}

const webApp = ({ token, refreshToken, id }: EmulatorUser): string =>
  JSON.stringify({ access_token: token, refresh_token: refreshToken, token_type: "bearer", user: { id } });

describe("login --token-stdin", () => {
  it.each<[string, (user: EmulatorUser) => string, boolean]>([
    ["an access token", ({ token }) => `${token}\n`, false],
    [
      "one that a terminal has broken into lines",
      ({ token }) => `Bearer ${token.slice(0, 80)}\n${token.slice(80)}`,
      false,
    ],
    ["a refresh token", ({ refreshToken }) => refreshToken, true],
    ["what the web app keeps", webApp, true],
    ["the same in a console's quotes", (user) => `'${webApp(user)}';`, true],
    ["the same as a text of JSON", (user) => JSON.stringify(webApp(user)), true],
    ["the web app's cookie", (user) => `base64-${Buffer.from(webApp(user)).toString("base64url")}`, true],
  ])("takes %s", async (_what, pasted, renewsItself) => {
    const user = await service.user();
    const shell = await signedOut({ input: pasted(user) });
    expect(await shell.json("login", "--token-stdin")).toMatchObject({
      userId: user.id,
      email: user.email,
      renewsItself,
    });
    expect(await shell.json("whoami")).toMatchObject({ userId: user.id });
  });

  it("says that a session without a refresh token ends", async () => {
    const { token } = await service.user();
    const { exitCode, stdout } = await (await signedOut({ input: token })).run("login", "--token-stdin");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/It lasts until \d{4}-.*: nothing renews it/);
  });

  it.each([
    ["nothing", " \n", "Nothing was pasted"],
    ["a password", "hunter2 and more", "neither a token nor the session"],
    ["JSON that was cut off", '{"access_token":"eyJhb', "cut off"],
    ["JSON of something else", '{"theme":"dark"}', "there is no access_token"],
    ["tokens in two forms", '{"access_token":"a","accessToken":"b"}', "things in it that a session has not"],
  ])("refuses %s with 2, and repeats nothing of it", async (_what, pasted, words) => {
    const shell = await signedOut({ input: pasted });
    const { exitCode, stderr } = await shell.run("login", "--token-stdin");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
    for (const secret of ["hunter2", "eyJhb"]) expect(stderr).not.toContain(secret);
  });

  it.each([
    ["the name of the session", "sb-aibdxsebwhalbnugsqel-auth-token", "the name of the session"],
    ["a part of a cookie's name", "sb-aibdxsebwhalbnugsqel-auth-token.0", "the name of the session"],
    ["a publishable key", "sb_publishable_qPCinc8LE8ChpdT7Pf79", "a key of the service"],
    ["an API key", "flo_0123456789abcdef0123", "FLOWITH_API_KEY"],
    ["what a console prints of no session", "null", "nobody is signed in to the web app"],
    ["an address", "https://flowith.io/#access_token=eyJhb.secret.x", "is an address"],
    ["a cookie header", "Cookie: sb-x-auth-token=base64-eyJhb; theme=dark", "a name with its value"],
    ["a line of a .env file", "FLOWITH_TOKEN=eyJhb.secret.x", "a name with its value"],
    ["an id", "4f1d22ab-5a3e-4f6e-8a2b-0c9f5f0c1d2e", "is an id"],
    ["the name of a field", "refresh_token", "the name of a token"],
    ["the name of a variable", "FLOWITH_REFRESH_TOKEN", "the name of a token"],
    ["an empty object", "{}", "there is no access_token"],
    ["a list", '["eyJhb.secret.x"]', "neither a token nor the session"],
  ])("refuses %s before any request, and says what it is", async (_what, pasted, words) => {
    service.emulator.journal.clear();
    const shell = await signedOut({ input: `${pasted}\n` });
    const { exitCode, stderr } = await shell.run("login", "--token-stdin");
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(words) });
    expect(stderr).not.toContain("eyJhb");
    expect(service.emulator.journal.list()).toEqual([]);
  });

  it("leaves the former session as it was where the service refuses the new one", async () => {
    const former = await service.user();
    const shell = await signedOut({ input: webApp(former) });
    await shell.json("login", "--token-stdin");
    const forged = `${former.token.slice(0, -8)}AAAAAAAA`;
    const other = new TestShell({ env: shell.shell.env, cwd: shell.shell.cwd, input: forged });
    const { exitCode, stderr } = await other.run("login", "--token-stdin");
    expect(exitCode).toBe(3);
    expect(stderr).toContain("What was pasted is not taken");
    expect(stderr).not.toContain("setSession");
    expect(await shell.json("whoami")).toMatchObject({ userId: former.id });
  });

  it("replaces a session file that is broken", async () => {
    const user = await service.user();
    const shell = await signedOut({ input: webApp(user) });
    const folder = join(shell.shell.env.FLOWITH_HOME ?? "", "sessions");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "default.json"), '{"accessTok');
    await shell.json("login", "--token-stdin");
    expect(JSON.parse(await readFile(join(folder, "default.json"), "utf8"))).toMatchObject({ userId: user.id });
  });

  it("warns of a token of the environment, which goes first", async () => {
    const user = await service.user();
    const shell = await signedOut({ input: webApp(user), env: { FLOWITH_TOKEN: user.token } });
    const { stderr } = await shell.run("login", "--token-stdin");
    expect(stderr).toContain("FLOWITH_TOKEN of your environment goes before it");
  });

  it("says which command uses a profile that is not the current one", async () => {
    const user = await service.user();
    const shell = await signedOut({ input: webApp(user) });
    const { stderr } = await shell.run("login", "--token-stdin", "--profile", "work");
    expect(stderr).toContain("flowith profiles use work");
  });
});

describe("login --paste in a terminal", () => {
  it("says how to copy the session, takes it over several lines, and shows nothing of it", async () => {
    const user = await service.user();
    const shell = await signedOut({ isTerminal: true });
    const running = shell.run("login", "--paste");
    await vi.waitUntil(() => shell.stderr.includes("Paste it here"), { timeout: 50_000 });
    shell.stdin.write(`${JSON.stringify(JSON.parse(webApp(user)), undefined, 2).replaceAll("\n", "\r")}\r`);
    const { exitCode, stdout, stderr } = await running;
    expect(exitCode).toBe(0);
    expect(stdout).toContain(user.email);
    expect(stderr).toContain('localStorage.getItem("sb-');
    expect(stderr).not.toContain(user.token);
    expect(stderr).not.toContain(user.refreshToken);
  });

  it("ends on Ctrl-C with 130", async () => {
    const shell = await signedOut({ isTerminal: true });
    const running = shell.run("login", "--paste");
    await vi.waitUntil(() => shell.stderr.includes("Paste it here"), { timeout: 50_000 });
    shell.stdin.write("\u0003");
    expect((await running).exitCode).toBe(130);
  });
});
