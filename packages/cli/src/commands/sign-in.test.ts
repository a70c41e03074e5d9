import { execFile } from "node:child_process";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv, promisify } from "node:util";
import type { EmulatorUser } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

const run = promisify(execFile);

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

/** A shell whose folder holds sessions of these users, by profile; no token is in its environment. */
async function signedIn(users: Record<string, EmulatorUser>, env: Record<string, string> = {}): Promise<TestShell> {
  const { shell } = await TestShell.onEmulator(service.emulator);
  for (const [profile, { token, refreshToken }] of Object.entries(users)) {
    const input = JSON.stringify({ accessToken: token, refreshToken });
    await new TestShell({ ...shell, input }).json("login", "--token-stdin", "--profile", profile);
  }
  return new TestShell({ ...shell, env: { ...shell.env, ...env } });
}

const fileOf = (shell: TestShell, profile: string): string =>
  join(shell.shell.env.FLOWITH_HOME ?? "", "sessions", `${profile}.json`);

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The scopes of the sign-outs that a user's token has asked for. */
const signOuts = ({ id }: EmulatorUser): (string | null)[] =>
  service.emulator.journal
    .list({ user: id, route: "POST /auth/v1/logout" })
    .map(({ query }) => new URLSearchParams(query).get("scope"));

describe("logout", () => {
  it("ends this session alone at the service, and forgets it", async () => {
    const user = await service.user();
    const shell = await signedIn({ default: user });
    const { exitCode, stdout } = await shell.run("logout");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "Signed out: profile default.\n" });
    expect(signOuts(user)).toEqual(["local"]);
    expect(await isThere(fileOf(shell, "default"))).toBe(false);
  });

  it("keeps this session and ends the others by --scope others", async () => {
    const user = await service.user();
    const shell = await signedIn({ default: user });
    expect(await shell.json("logout", "--scope", "others")).toMatchObject({ sessions: [{ outcome: "kept" }] });
    expect(signOuts(user)).toEqual(["others"]);
    expect(await shell.json("whoami")).toMatchObject({ userId: user.id });
  });

  it("succeeds and says so where nobody is signed in", async () => {
    const { exitCode, stdout } = await (await signedIn({})).run("logout");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Nobody is signed in as profile default.");
  });

  it("ends the sessions of all profiles, each at its own service", async () => {
    const users = { default: await service.user(), work: await service.user() };
    const { shell } = await signedIn(users);
    // without addresses in the environment
    const bare = new TestShell({ ...shell, env: { FLOWITH_HOME: shell.env.FLOWITH_HOME } });
    expect(await bare.json("logout", "--all")).toMatchObject({
      sessions: [
        { profile: "default", outcome: "ended" },
        { profile: "work", outcome: "ended" },
      ],
    });
    expect(Object.values(users).map(signOuts)).toEqual([["local"], ["local"]]);
  });

  it("keeps the session where the service cannot be reached, unless it is forced", async () => {
    const shell = await signedIn({ default: await service.user() }, { FLOWITH_SUPABASE_URL: "http://127.0.0.1:1026" });
    const failed = await shell.run("logout");
    expect(failed.exitCode).toBe(5);
    expect(failed.stderr).toContain("profile default is still signed in");
    expect(failed.stderr).toContain("--force");
    expect(await isThere(fileOf(shell, "default"))).toBe(true);
    const forced = await shell.run("logout", "--force");
    expect(forced).toMatchObject({ exitCode: 0, stdout: "The session of profile default was removed here.\n" });
    expect(forced.stderr).toContain("was not ended at the service");
    expect(await isThere(fileOf(shell, "default"))).toBe(false);
  });

  it("deletes a file that holds no session", async () => {
    const shell = await signedIn({});
    await mkdir(join(fileOf(shell, "default"), ".."), { recursive: true });
    await writeFile(fileOf(shell, "default"), "{");
    expect(await shell.json("logout")).toMatchObject({ sessions: [{ outcome: "removed" }] });
    expect(await isThere(fileOf(shell, "default"))).toBe(false);
  });

  it("says that it cannot take a token out of the environment, and ends its session where that is asked for", async () => {
    const user = await service.user();
    const shell = await signedIn({}, { FLOWITH_TOKEN: user.token });
    const refused = await shell.run("logout");
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("unset FLOWITH_TOKEN");
    expect(signOuts(user)).toEqual([]);
    const { exitCode, stderr } = await shell.run("logout", "--scope", "global");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("take it out");
    expect(signOuts(user)).toEqual(["global"]);
  });
});

describe("whoami, with a profile whose session is over", () => {
  it("ends with 3, and says which profile and what to run", async () => {
    const user = await service.user();
    const shell = await signedIn({ work: user });
    const other = await signedIn({});
    await mkdir(join(fileOf(other, "work"), ".."), { recursive: true });
    await writeFile(fileOf(other, "work"), await readFile(fileOf(shell, "work")));
    await shell.run("logout", "--profile", "work");
    const { exitCode, stderr } = await other.run("whoami", "--profile", "work");
    expect(exitCode).toBe(3);
    expect(stderr).toContain("The session of profile work is over.");
    expect(stderr).toContain("flowith login --profile work");
  });
});

describe("env", () => {
  it("gives a shell what a script on the SDK needs, and no token", async () => {
    const user = await service.user();
    const shell = await signedIn({ "o.k": user }, { FLOWITH_PROFILE: "o.k", FLOWITH_TOKEN: "another's" });
    const { exitCode, stdout, stderr } = await shell.run("env");
    expect(exitCode).toBe(0);
    for (const secret of [user.token, user.refreshToken, "another's"]) expect(stdout).not.toContain(secret);
    expect(stderr).toContain("FLOWITH_TOKEN: emptied");
    const print = `${stdout}\nprintf '%s\\n' "$FLOWITH_SESSION_FILE" "$FLOWITH_SUPABASE_URL" "[$FLOWITH_TOKEN]"`;
    const printed = await run("bash", ["-c", print], { env: { FLOWITH_TOKEN: "another's" } });
    expect(printed.stdout.split("\n")).toEqual([fileOf(shell, "o.k"), service.emulator.supabaseUrl, "[]", ""]);
  });

  it("says the same in each form", async () => {
    const shell = await signedIn({ default: await service.user() });
    const expected = {
      FLOWITH_SESSION_FILE: fileOf(shell, "default"),
      FLOWITH_EDGE_URL: service.emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: service.emulator.supabaseUrl,
    };
    expect(await shell.json("env")).toEqual(expected);
    expect(JSON.parse((await shell.run("env", "--shell", "json")).stdout)).toEqual(expected);
    expect(parseEnv((await shell.run("env", "--shell", "dotenv")).stdout)).toEqual(expected);
    expect((await shell.run("env", "--shell", "fish")).stdout).toContain("set -gx FLOWITH_SESSION_FILE '/");
  });

  it("keeps to the file that the environment names already", async () => {
    const shell = await signedIn({ default: await service.user(), work: await service.user() });
    const again = new TestShell({
      ...shell.shell,
      env: { ...shell.shell.env, FLOWITH_SESSION_FILE: fileOf(shell, "work") },
    });
    expect(await again.json("env")).toMatchObject({ FLOWITH_SESSION_FILE: fileOf(shell, "work") });
  });

  it("says that a token of the environment is used as it is, and gives the addresses alone", async () => {
    const user = await service.user();
    const shell = await signedIn({}, { FLOWITH_TOKEN: user.token });
    const { exitCode, stdout, stderr } = await shell.run("env");
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      `export FLOWITH_EDGE_URL='${service.emulator.edgeUrl}'\nexport FLOWITH_SUPABASE_URL='${service.emulator.supabaseUrl}'\n`,
    );
    expect(stderr).toContain("The session comes from FLOWITH_TOKEN of your environment");
    const env = { FLOWITH_HOME: shell.shell.env.FLOWITH_HOME, FLOWITH_REFRESH_TOKEN: user.refreshToken };
    const bare = await new TestShell({ env }).run("env", "--json");
    expect(bare).toMatchObject({ exitCode: 0, stdout: "{}\n" });
    expect(bare.stderr).toContain("there is nothing to set.");
  });

  it("prints nothing and ends with 3 where nobody is signed in", async () => {
    const { exitCode, stdout, stderr } = await (await signedIn({})).run("env", "--profile", "work");
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    expect(stderr).toContain("flowith login --profile work");
  });
});

describe("profiles", () => {
  it("lists who is signed in, without a request or a token", async () => {
    const users = { default: await service.user(), work: await service.user() };
    const shell = await signedIn(users);
    await writeFile(fileOf(shell, "broken"), "{");
    service.emulator.journal.clear();
    const { stdout } = await shell.run("profiles", "ls");
    expect(stdout).toMatch(new RegExp(`default \\* +signed in +${users.default.id} +renews itself`));
    expect(stdout).not.toContain(users.work.token);
    expect(await shell.json("profiles", "ls")).toMatchObject({
      current: "default",
      profiles: [
        { name: "broken", state: "unreadable", userId: null },
        { name: "default", isCurrent: true, userId: users.default.id, renewsItself: true },
        { name: "work", isCurrent: false, userId: users.work.id, supabaseUrl: service.emulator.supabaseUrl },
      ],
    });
    expect(service.emulator.journal.list()).toEqual([]);
  });

  it("says what to do where there is none", async () => {
    expect((await (await signedIn({})).run("profiles", "ls")).stdout).toContain("flowith login");
  });

  it("uses another one from now on, and none that is not there", async () => {
    const users = { default: await service.user(), work: await service.user() };
    const shell = await signedIn(users);
    expect(await shell.json("profiles", "use", "work")).toEqual({ profile: "work" });
    expect(await shell.json("whoami")).toMatchObject({ userId: users.work.id });
    const { exitCode, stderr } = await shell.run("profiles", "use", "wrok");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("There are: default, work.");
    expect((await shell.run("profiles", "use", "../x")).exitCode).toBe(2);
  });

  it("forgets one that is signed out, and one that is signed in only where it is forced", async () => {
    const users = { default: await service.user(), work: await service.user() };
    const shell = await signedIn(users);
    await shell.run("profiles", "use", "work");
    const refused = await shell.run("profiles", "rm", "work");
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("flowith logout --profile work");
    const forced = await shell.run("profiles", "rm", "work", "--force");
    expect(forced.exitCode).toBe(0);
    expect(forced.stderr).toContain("not ended at the service");
    expect(await isThere(fileOf(shell, "work"))).toBe(false);
    expect(await shell.json("profiles", "ls")).toMatchObject({ current: "default", profiles: [{ name: "default" }] });
    await shell.run("logout");
    expect((await shell.run("profiles", "rm", "default")).exitCode).toBe(0);
    expect(await shell.json("profiles", "ls")).toMatchObject({ profiles: [] });
  });
});
