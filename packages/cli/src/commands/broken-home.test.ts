import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TestShell } from "../testing/run-cli.ts";

/** Nothing is sent in these tests: nobody listens there, though `fetch` would send to it. */
const NOWHERE = "http://127.0.0.1:2";

const RAW = /\bE(?:NOENT|NOTDIR|ACCES|EXIST|ISDIR|PERM)\b/;

function shellAt(home: string, input = "a-token-of-nobody"): TestShell {
  const env = { FLOWITH_HOME: home, FLOWITH_EDGE_URL: NOWHERE, FLOWITH_SUPABASE_URL: NOWHERE };
  return new TestShell({ env, input });
}

async function fileAt(...names: string[]): Promise<{ home: string; file: string }> {
  const home = await mkdtemp(join(tmpdir(), "flowith-home-"));
  const file = join(home, ...names);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, "mine");
  return { home, file };
}

const COMMANDS = [
  ["login", "--token-stdin"],
  ["logout"],
  ["logout", "--all"],
  ["whoami"],
  ["env"],
  ["profiles", "ls"],
  ["profiles", "use", "default"],
  ["profiles", "rm", "work"],
  ["jobs", "ls"],
  ["text", "Hi"],
  ["credits"],
  ["conv", "ls"],
];

describe("a FLOWITH_HOME that is a file", () => {
  it.each(COMMANDS)("ends %s %s with 2, and says so", async (...args) => {
    const { file } = await fileAt("home");
    const { exitCode, stderr } = await shellAt(file).run(...args.filter((word) => word !== undefined));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(`${file}: a part of the path`),
    });
    expect(stderr).toContain("FLOWITH_HOME");
    expect(await readFile(file, "utf8")).toBe("mine");
  });
});

describe("a folder of sessions that is a file", () => {
  it.each(COMMANDS.filter(([name]) => name !== "jobs"))("is told in words by %s %s", async (...args) => {
    const { home, file } = await fileAt("home", "sessions");
    const { exitCode, stderr } = await shellAt(join(home, "home")).run(...args.filter((word) => word !== undefined));
    expect({ exitCode, stderr }).toEqual({ exitCode: expect.any(Number), stderr: expect.stringContaining(file) });
    expect([1, 2]).toContain(exitCode);
    const own = stderr.split("\n").filter((line) => !line.startsWith("[warn]"));
    expect(own.join("\n")).not.toMatch(RAW);
  });

  it("is told in words by what reads jobs, for theirs", async () => {
    const { home, file } = await fileAt("home", "jobs");
    const { exitCode, stderr } = await shellAt(join(home, "home")).run("jobs", "ls");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(file) });
    expect(stderr).not.toMatch(RAW);
  });
});

describe.runIf(platform() === "linux")("a FLOWITH_HOME that cannot be made", () => {
  it.each([
    ["login", "--token-stdin"],
    ["profiles", "use", "default"],
  ])("ends %s %s at once", async (...args) => {
    const { exitCode, stderr } = await shellAt("/proc/nope").run(...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining("/proc/nope") });
    expect(stderr).not.toMatch(RAW);
  });
});

describe("config.json", () => {
  it.each([
    ["[]", "the whole of it has to be an object, and is a list"],
    ["null", "the whole of it has to be an object, and is null"],
    ['{"profiles":[]}', "profiles has to be an object, and is a list"],
    ['{"profiles":{"work":7}}', "profiles.work has to be an object, and is a number"],
    ['{"profiles":{"work":{"edgeUrl":7}}}', "profiles.work.edgeUrl has to be a text, and is a number"],
    [
      '{"profiles":{"work":{"supabaseUrl":"x"}}}',
      "profiles.work.supabaseUrl has to be an address that begins with http",
    ],
    ['{"profiles":{"../../x":{}}}', 'the name "../../x" in profiles has to be 1 to 64 letters'],
    ['{"profile":"../../x"}', "profile has to be 1 to 64 letters, digits, dots, dashes and underscores"],
    ['{"profile":true}', "profile has to be a text, and is a boolean"],
    ["{", "are no JSON"],
  ])("that is %s ends every command with 2, by its path and the key", async (content, words) => {
    const { home, file } = await fileAt("home", "config.json");
    await writeFile(file, content);
    const before = await readdir(home);
    for (const args of [
      ["profiles", "ls"],
      ["login", "--token-stdin"],
      ["profiles", "use", "work"],
    ]) {
      const { exitCode, stderr } = await shellAt(join(home, "home")).run(...args);
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(words) });
      expect(stderr).toContain(file);
    }
    expect(await readFile(file, "utf8")).toBe(content);
    expect(await readdir(home)).toEqual(before);
    expect(await readdir(join(home, "home"))).toEqual(["config.json"]);
  });

  it("names all that is wrong with it", async () => {
    const { home, file } = await fileAt("home", "config.json");
    await writeFile(file, JSON.stringify({ profile: 1, profiles: { a: { edgeUrl: [] } } }));
    const { stderr } = await shellAt(join(home, "home")).run("profiles", "ls");
    expect(stderr).toContain("\n  profile has to be a text, and is a number.\n  profiles.a.edgeUrl has to be");
  });

  it("keeps what a newer version of the program may have written", async () => {
    const { home, file } = await fileAt("home", "config.json");
    await writeFile(file, JSON.stringify({ theme: "dark", profiles: { work: { colour: "red" } } }));
    const { exitCode } = await shellAt(join(home, "home")).run("profiles", "use", "work");
    expect(exitCode).toBe(0);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
      theme: "dark",
      profile: "work",
      profiles: { work: { colour: "red" } },
    });
  });
});
