import { access, cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

const homeOf = ({ shell }: TestShell): string => shell.env.FLOWITH_HOME ?? "";

const configOf = async (shell: TestShell): Promise<unknown> =>
  JSON.parse(await readFile(join(homeOf(shell), "config.json"), "utf8"));

/** A shell of the same folder, without addresses in its environment. */
function bare(shell: TestShell, env: Record<string, string> = {}, input?: string): TestShell {
  return new TestShell({ cwd: shell.shell.cwd, env: { FLOWITH_HOME: homeOf(shell), ...env }, input });
}

/** The folder of a program whose profile was signed in at an emulator, which has ended. */
let ended: { home: string; address: string };
beforeAll(async () => {
  const emulator = await startEmulator();
  const { token: accessToken, refreshToken } = await emulator.createUser();
  const input = JSON.stringify({ accessToken, refreshToken });
  const shell = await TestShell.onEmulator(emulator, undefined, { input });
  await shell.json("login", "--token-stdin");
  await emulator.close();
  ended = { home: homeOf(shell), address: emulator.supabaseUrl };
});

/** A copy of it, and no addresses in the environment. */
async function afterItsEmulator(): Promise<{ shell: TestShell; address: string }> {
  const cwd = await mkdtemp(join(tmpdir(), "flowith-cli-"));
  await cp(ended.home, join(cwd, "home"), { recursive: true });
  return { shell: new TestShell({ cwd, env: { FLOWITH_HOME: join(cwd, "home") } }), address: ended.address };
}

const isSignedIn = (shell: TestShell): Promise<boolean> =>
  access(join(homeOf(shell), "sessions", "default.json")).then(
    () => true,
    () => false,
  );

describe("a profile of an emulator that has ended", () => {
  it("is signed out here, and forgets the addresses", async () => {
    const { shell, address } = await afterItsEmulator();
    expect(await configOf(shell)).toMatchObject({ profiles: { default: { supabaseUrl: address } } });
    const { exitCode, stdout, stderr } = await shell.run("logout");
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "The session of profile default was removed here.\n" });
    expect(stderr).toContain("was not ended there");
    expect(await isSignedIn(shell)).toBe(false);
    expect(await configOf(shell)).toEqual({ profiles: { default: {} } });
  });

  it("tells a program why it was not ended there", async () => {
    const { shell } = await afterItsEmulator();
    const { exitCode, stdout } = await shell.run("logout", "--all", "--json");
    expect(exitCode).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({
      sessions: [{ profile: "default", outcome: "removed", error: { code: "connection" } }],
    });
    expect(await configOf(shell)).toEqual({ profiles: { default: {} } });
  });

  it("says whose address it is that nobody answers at, and how to be rid of it", async () => {
    const { shell, address } = await afterItsEmulator();
    const { exitCode, stderr } = await shell.run("whoami");
    expect(exitCode).toBe(5);
    expect(stderr).toContain(`Profile default was signed in at ${address}`);
    expect(stderr).toContain("flowith logout --profile default");
  });

  it("says nothing of it where the address is the environment's", async () => {
    const { shell, address } = await afterItsEmulator();
    const { stderr } = await bare(shell, { FLOWITH_EDGE_URL: address, FLOWITH_SUPABASE_URL: address }).run("whoami");
    expect(stderr).not.toContain("was signed in at");
  });

  it("is signed in at another service, which is told before and kept", async () => {
    const { shell, address } = await afterItsEmulator();
    const { edgeUrl, supabaseUrl, supabaseKey } = service.emulator;
    const user = await service.user();
    const env = { FLOWITH_EDGE_URL: edgeUrl, FLOWITH_SUPABASE_URL: supabaseUrl, FLOWITH_SUPABASE_KEY: supabaseKey };
    const { exitCode, stderr } = await bare(shell, env, user.refreshToken).run("login", "--token-stdin");
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`was signed in at ${address}; this sign-in goes to ${supabaseUrl}`);
    expect(stderr).toContain(`Profile default goes to ${supabaseUrl} from now on`);
    expect(await bare(shell).json("whoami")).toMatchObject({ userId: user.id });
  });

  it("is not what a new sign-in without addresses goes to", async () => {
    const { shell, address } = await afterItsEmulator();
    // refused before any request: it tells where it would have gone
    const { exitCode, stderr } = await bare(shell, {}, "{}").run("login", "--token-stdin");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`was signed in at ${address}; this sign-in goes to flowith.io`);
  });
});

describe("logout", () => {
  it("forgets the addresses with the session", async () => {
    const { token } = await service.user();
    const shell = await TestShell.onEmulator(service.emulator, undefined, { input: token });
    await shell.json("login", "--token-stdin");
    expect(await configOf(shell)).toMatchObject({ profiles: { default: { edgeUrl: service.emulator.edgeUrl } } });
    expect((await bare(shell).run("logout")).exitCode).toBe(0);
    expect(await configOf(shell)).toEqual({ profiles: { default: {} } });
  });

  it("keeps both where other sessions are ended", async () => {
    const { token, refreshToken } = await service.user();
    const input = JSON.stringify({ accessToken: token, refreshToken });
    const shell = await TestShell.onEmulator(service.emulator, undefined, { input });
    await shell.json("login", "--token-stdin");
    const before = await configOf(shell);
    expect((await shell.run("logout", "--scope", "others")).exitCode).toBe(0);
    expect(await configOf(shell)).toEqual(before);
  });

  it("forgets the addresses of a profile in which nobody is signed in any more", async () => {
    const { shell } = await afterItsEmulator();
    await rm(join(homeOf(shell), "sessions", "default.json"));
    expect(await shell.run("logout")).toMatchObject({ exitCode: 0 });
    expect(await configOf(shell)).toEqual({ profiles: { default: {} } });
  });
});

describe("login --web-app at another service than Flowith's", () => {
  it("asks for the address of its web app, and opens nothing", async () => {
    const shell = await TestShell.onEmulator(service.emulator);
    const { exitCode, stderr } = await shell.run("login", "--web-app");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(service.emulator.supabaseUrl);
    expect(stderr).toContain("--web-app-url");
    expect(shell.opened).toEqual([]);
  });
});
