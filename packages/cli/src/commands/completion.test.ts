import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProgram as createEmulatorProgram } from "../../../emulator/src/cli/program.ts";
import { TestCanvas } from "../testing/canvas.ts";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

const run = promisify(execFile);

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

/** The values that are offered for the last word. */
async function offered(shell: TestShell, ...words: string[]): Promise<string[]> {
  return offeredWithin("30000", shell, words);
}

async function offeredWithin(limitMs: string, shell: TestShell, words: string[]): Promise<string[]> {
  const { exitCode, stdout, stderr } = await shell.run("__complete", "--limit-ms", limitMs, "--", ...words);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0] ?? ""]));
}

describe("completion of the program's own words", () => {
  it.each([
    [["conver"], ["conversations"]],
    [
      ["conversations", ""],
      ["ls", "show", "tree", "rename", "rm", "export", "help"],
    ],
    [["conv", "ex"], ["export"]],
    [["--quiet", "--profile", "x", "conv", "tr"], ["tree"]],
    [
      ["conv", "export", "--for"],
      ["--format", "--force"],
    ],
    [
      ["conv", "export", "--format", ""],
      ["markdown", "json", "both"],
    ],
    [["conv", "export", "--format=m"], ["--format=markdown"]],
    [["conv", "export", "--format", "=", "m"], ["markdown"]],
    [["conv", "export", "--force", "--force"], []],
    [["conv", "export", "--output", ""], [":folders"]],
    [["text", "--image", ""], [":files"]],
    [["text", "-i", "a.png", "--ima"], ["--image"]],
    [["text", "--", "--mod"], []],
    [["text", "conv"], []],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["ls", "--js"], ["--json"]],
    [["help", "conv"], ["conversations"]],
    [["help", "conv", ""], []],
    [["conv", "help", "ex"], ["export"]],
    [["jobs", "he"], ["help"]],
    [
      ["emulator", ""],
      ["start", "exec", "status", "reset", "export", "import"],
    ],
    [
      ["emulator", "ex"],
      ["exec", "export"],
    ],
    [["emulator", "export", ""], [":files"]],
    [["emulator", "--js"], []],
    [
      ["video", "--resolution", ""],
      ["480p", "720p", "1080p"],
    ],
    [["__comp"], []],
    [[], expect.arrayContaining(["text", "whoami"])],
  ])("of %j offers %j", async (words, expected) => {
    expect(await offered(new TestShell(), ...words)).toEqual(expected);
  });
});

describe("completion of what only the service knows", () => {
  it("offers conversations with their titles, on one line each", async () => {
    const user = await service.user();
    const id = await new TestCanvas(service.emulator, user).conversation("Kyoto\n\u001b[31min autumn");
    const shell = await TestShell.onEmulator(service.emulator, user);
    const { stdout } = await shell.run("__complete", "--limit-ms", "30000", "--", "conv", "show", "");
    expect(stdout).toBe(`${id}\tKyoto in autumn\n`);
    expect(await offered(shell, "conv", "rm", id, id.slice(0, 4))).toEqual([id]);
    expect(await offered(shell, "text", "--conversation", "")).toEqual([id]);
  });

  it("offers models", async () => {
    expect(await offered(await service.shell(), "text", "--model", "gpt-4.1-n")).toEqual(["gpt-4.1-nano"]);
  });

  it("offers what models can do: the one that is named, or all of the kind", async () => {
    const shell = await service.shell();
    expect(await offered(shell, "image", "--model", "gpt-image-2", "--aspect-ratio", "3:")).toEqual(["3:2"]);
    const all = await offered(shell, "image", "-r", "");
    expect(all).toEqual(expect.arrayContaining(["1:1", "16:9", "1024x1536"]));
    expect(new Set(all).size).toBe(all.length);
    expect(await offered(shell, "image", "--size", "")).toEqual(["512", "1k", "2k", "4k"]);
    expect(await offered(shell, "video", "--model", "seedance-2.0-fast", "--duration", "")).toEqual(
      expect.arrayContaining(["5", "10"]),
    );
    expect(await offered(shell, "models", "gpt-image")).toEqual(expect.arrayContaining(["gpt-image-2"]));
  });

  it("leaves out what bash keeps in words of its own", async () => {
    const shell = await service.shell();
    expect(await offered(shell, "image", "--aspect-ratio", "21", ":", "")).toEqual(["9"]);
    expect(await offered(shell, "image", "--aspect-ratio", "21", ":", "9")).toEqual(["9"]);
    expect(await offered(shell, "image", "--aspect-ratio", "=", "21", ":")).toEqual(["9"]);
    expect(await offered(shell, "image", "--aspect-ratio=21:")).toEqual(["--aspect-ratio=21:9"]);
  });

  it("offers the models of the developer API for search, and none without its key", async () => {
    const user = await service.user();
    const env = { FLOWITH_API_KEY: user.apiKey };
    service.emulator.journal.clear();
    const known = await offered(await TestShell.onEmulator(service.emulator, user, { env }), "search", "--model", "");
    expect(known).not.toEqual([]);
    expect(service.emulator.journal.list().map(({ path }) => path)).toEqual([
      expect.stringContaining("/external/use/"),
    ]);
    expect(await offered(await TestShell.onEmulator(service.emulator, user), "search", "--model", "")).toEqual([]);
  });

  it("offers jobs and templates by their ids", async () => {
    const shell = await service.shell();
    const { stdout } = await shell.run("image", "A boat", "--detach");
    expect(await offered(shell, "jobs", "wait", "")).toEqual([stdout.trim()]);
    expect(await offered(shell, "templates", "show", "")).not.toEqual([]);
  });

  it("offers profiles, signed in or with settings", async () => {
    const home = await mkdtemp(join(tmpdir(), "flowith-profiles-"));
    await mkdir(join(home, "sessions"));
    await writeFile(join(home, "sessions", "work.json"), "{}");
    await writeFile(join(home, "config.json"), JSON.stringify({ profiles: { play: {} } }));
    expect(await offered(new TestShell({ env: { FLOWITH_HOME: home } }), "--profile", "")).toEqual(["play", "work"]);
    for (const command of ["use", "rm"])
      expect(await offered(new TestShell({ env: { FLOWITH_HOME: home } }), "profiles", command, "")).toEqual([
        "play",
        "work",
      ]);
  });

  it("says nothing where nobody is signed in, and refreshes no session", async () => {
    expect(await offered(await TestShell.onEmulator(service.emulator), "conv", "show", "")).toEqual([]);
    const { refreshToken } = await service.user();
    const shell = await TestShell.onEmulator(service.emulator, undefined, {
      env: { FLOWITH_REFRESH_TOKEN: refreshToken },
    });
    expect(await offered(shell, "conv", "show", "")).toEqual([]);
    expect(service.emulator.journal.list({ route: "POST /auth/v1/token" })).toEqual([]);
  });

  it("waits for a silent service no longer than its limit", async () => {
    const user = await service.user();
    const shell = await TestShell.onEmulator(service.emulator, user);
    service.emulator.faults.arm({ type: "silence", route: "/rest/v1/conversation", user: user.id });
    expect(await offeredWithin("100", shell, ["conv", "show", ""])).toEqual([]);
    expect(await offered(shell, "conv", "sh")).toEqual(["show"]);
  });
});

it("knows the commands of the emulator's program", async () => {
  const { commands } = createEmulatorProgram();
  expect(await offered(new TestShell(), "emulator", "")).toEqual(commands.map((command) => command.name()));
});

describe("flowith completion", () => {
  const script = async (shell: string): Promise<string> => (await new TestShell().run("completion", shell)).stdout;

  it("says in its help where to put it", async () => {
    const { stdout } = await new TestShell().run("completion", "--help");
    for (const place of ["~/.bashrc", "~/.zshrc", "~/.config/fish"]) expect(stdout).toContain(place);
  });

  it("knows three shells", async () => {
    const { exitCode, stdout, stderr } = await new TestShell().run("completion", "ksh");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    for (const name of ["bash", "zsh", "fish"]) expect(stderr).toContain(name);
    expect(await new TestShell().json("completion", "fish")).toEqual({ shell: "fish", script: await script("fish") });
  });

  it("works in bash", async () => {
    const folder = await mkdtemp(join(tmpdir(), "flowith-bash-"));
    await writeFile(join(folder, "completion.bash"), await script("bash"));
    // a program that answers what it was asked, and a value with something about it
    const program = `#!/bin/sh\nprintf 'asked:%s\\tit was\\n' "$*"\nprintf 'two words\\t\\n:files\\n'\n`;
    await writeFile(join(folder, "flowith"), program, { mode: 0o755 });
    const complete = async (more: string): Promise<string[]> => {
      const line = `source ./completion.bash; ${more} COMP_WORDS=(./flowith conv 'a b' ''); COMP_CWORD=2; _flowith; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout, stderr } = await run("bash", ["--norc", "-uc", line], { cwd: folder });
      expect(stderr).toBe("");
      return stdout.trimEnd().split("\n");
    };
    expect(await complete("")).toEqual(["asked:__complete -- conv a b", "two words"]);
    expect(await complete("COMP_TYPE=63;")).toEqual(["asked:__complete -- conv a b  (it was)", "two words"]);
  });

  // The others are tried where they are installed; here their scripts are at least read.
  it.each([
    ["zsh", "zsh"],
    ["fish", "fish"],
  ])("is a script that %s can read", async (name, program) => {
    const text = await script(name);
    expect(text).toContain("__complete --");
    const folder = await mkdtemp(join(tmpdir(), "flowith-shell-"));
    await writeFile(join(folder, "script"), text);
    const checked = await run(program, ["-n", join(folder, "script")]).catch((error: unknown) => error);
    if (checked instanceof Error) expect(checked).toMatchObject({ code: "ENOENT" });
    else expect(checked).toMatchObject({ stderr: "" });
  });
});
