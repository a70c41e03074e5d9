import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmulatorProcess, startProcess } from "./testing/emulator-process.ts";
import { cli, runCli } from "./testing/run-cli.ts";

let folder: string;
let dataDir: string;
let emulator: EmulatorProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-cli-"));
  dataDir = join(folder, "data");
  emulator = await startProcess(cli, ["--port", "0", "--no-replay", "--data-dir", dataDir]);
});
afterAll(async () => {
  await emulator.end();
  await rm(folder, { recursive: true });
});

describe("start, which is meant when no command is named", () => {
  it("says in one line of JSON where it is, and nothing else on stdout", async () => {
    const { edgeUrl, supabaseUrl, supabaseKey, users } = emulator.ready;
    expect([supabaseUrl, supabaseKey]).toEqual([edgeUrl, expect.stringMatching(/^sb_publishable_/)]);
    expect(users.map(({ email }) => email)).toEqual(["alice@example.com", "bob@example.com"]);
    expect(await (await fetch(`${edgeUrl}/__emulator/settings`)).json()).toMatchObject({ replay: false });
    expect(emulator.stdout()).toBe(`${JSON.stringify(emulator.ready)}\n`);
  });

  it("is refused a data folder that another process has, by that one's id", async () => {
    const { code, stdout, stderr } = await runCli("start", "--port", "0", "--data-dir", dataDir);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`${dataDir} is in use by process ${emulator.child.pid}, which serves`);
  });

  it("says that its port is taken", async () => {
    const { code, stderr } = await runCli("--port", new URL(emulator.ready.edgeUrl).port);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Port \d+ is taken\. Choose another with --port/);
  });

  it("refuses what it does not understand with 2, and files that do not serve with 1", async () => {
    const noKey = join(folder, "key.json");
    await writeFile(noKey, '{"kty":"oct"}');
    const empty = await Promise.all([
      runCli("--port", "0", "--host", ""),
      runCli("--port", "0", "--control-key", ""),
      runCli("--port", "0", "--key", ""),
      runCli("--port", "0", "--data-dir", ""),
      runCli("--port", "0", "--schema", ""),
      runCli("status", "--data-dir", ""),
    ]);
    const [option, port, file, key] = await Promise.all([
      runCli("--harbour", "1"),
      runCli("--port", "99999"),
      runCli("--schema", "/nowhere.sql"),
      runCli("--signing-key", noKey),
    ]);
    expect([option.code, port.code, file.code, key.code]).toEqual([2, 2, 1, 1]);
    expect(option.stderr).toMatch(/^flowith-emulator: unknown option '--harbour'/);
    for (const { code, stderr } of empty) {
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /option '--(host|control-key|key|data-dir|schema) <\w+>' argument '' is invalid\. It is empty\./,
      );
    }
    expect(port.stderr).toContain("A port is a number from 0 to 65535.");
    expect(file.stderr).toContain("Cannot read /nowhere.sql");
    expect(key.stderr).toContain("does not hold a private ES256 key");
  });
});

describe("what a command line may get wrong", () => {
  it("is said in words that name it", async () => {
    const file = join(folder, "a-file");
    await writeFile(file, "no export");
    const [version, taken, host, origin, missing, target, status, foreign] = await Promise.all([
      runCli("--version"),
      runCli("--port", "0", "--data-dir", file),
      runCli("--port", "0", "--host", "192.0.2.1"),
      runCli("--control-origin", "app.test"),
      runCli("import", join(folder, "nope.jsonl"), "--data-dir", dataDir),
      runCli("export", folder, "--data-dir", dataDir),
      runCli("status", "--data-dir", file),
      runCli("import", file, "--data-dir", join(folder, "new")),
    ]);
    expect([version.code, version.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/)]);
    expect([taken, host, origin, missing, target, status, foreign].map(({ code }) => code)).toEqual([
      1, 1, 2, 1, 1, 1, 1,
    ]);
    expect(taken.stderr).toContain(`The data folder ${file} cannot be made: there is a file in place of a folder.`);
    expect(host.stderr).toContain("This machine has no address 192.0.2.1.");
    expect(origin.stderr).toContain("An origin is a scheme, a name and perhaps a port");
    expect(missing.stderr).toContain("nope.jsonl: there is no such file or folder.");
    expect(target.stderr).toContain(`Cannot write ${folder}: it is a folder.`);
    expect(status.stderr).toContain(`Cannot read ${file}: there is a file in place of a folder.`);
    expect(foreign.stderr).toMatch(/The emulator answered 422: This is not an export of the emulator\.$/m);
  });

  it("is not a data folder that an import is to make", async () => {
    const [exported, copy] = [join(folder, "exported.jsonl"), join(folder, "copy")];
    expect((await runCli("export", exported, "--data-dir", dataDir)).code).toBe(0);
    const imported = await runCli("import", exported, "--data-dir", copy);
    expect([imported.code, imported.stderr]).toEqual([0, expect.stringContaining("is in the place of all")]);
  });
});

describe("exec", () => {
  const script = `
    const { FLOWITH_EDGE_URL: url, FLOWITH_TOKEN: authorization } = process.env;
    const names = ["FLOWITH_REFRESH_TOKEN", "FLOWITH_USER_ID", "FLOWITH_SUPABASE_URL", "FLOWITH_SUPABASE_KEY"];
    const credits = await fetch(url + "/user/credits", { headers: { authorization } });
    const isOwn = names.every((name) => process.env[name]) && process.env.FLOWITH_SESSION_FILE === "";
    console.log(credits.status, isOwn, url, ...process.argv.slice(1));
    process.exitCode = 7;`;

  it("gives a command the environment, its output and its exit code, and leaves nothing running", async () => {
    const command = [process.execPath, "--input-type=module", "-e", script, "an argument", "--flag"];
    const { code, stdout } = await runCli("exec", "--", ...command);
    expect(code).toBe(7);
    const [, url = ""] = /^200 true (\S+) an argument --flag\n$/.exec(stdout) ?? [];
    expect(url).toMatch(/^http/);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("passes a signal on and ends as the command does", async () => {
    const waiting = `process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000); console.log("waiting")`;
    const child = spawn(process.execPath, [cli, "exec", "--", process.execPath, "-e", waiting]);
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([9, null]);
  });

  it("says that a command cannot be run", async () => {
    const { code, stderr } = await runCli("exec", "--", "no-such-command");
    expect([code, stderr]).toEqual([1, expect.stringContaining("Cannot run no-such-command")]);
  });
});

describe("the commands for an emulator that runs", () => {
  it("status tells what it does, and with 3 that there is none", async () => {
    const running = await runCli("status", "--json", "--data-dir", dataDir);
    const { edgeUrl } = emulator.ready;
    expect(JSON.parse(running.stdout)).toMatchObject({ running: true, edgeUrl, pid: emulator.child.pid, users: 2 });
    const none = await runCli("status", "--json", "--url", "http://127.0.0.1:9");
    expect([none.code, JSON.parse(none.stdout)]).toEqual([3, { running: false, reason: expect.any(String) }]);
  });
});

it("ends quietly on Ctrl-C", async () => {
  const child = await startProcess(cli, ["--port", "0"]);
  expect(await child.end("SIGINT")).toBe(0);
});
