import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ imageMs: 20, videoMs: 1_500, firstEventMs: 10, fragmentMs: 1 });
});
afterAll(() => service[Symbol.asyncDispose]());

/** Another run of the program by the same user. */
const again = ({ shell }: TestShell, options: { isTerminal?: boolean } = {}): TestShell =>
  new TestShell({ env: shell.env, cwd: shell.cwd, ...options });

/** Resolves when a user's request is there; the first run of a file loads the program, which may take long. */
async function posted(route: string, user: string): Promise<void> {
  expect(await service.emulator.journal.waitFor({ route, user }, 30_000)).toBeDefined();
}

const posts = (route: string, user: string): number => service.emulator.journal.list({ route, user }).length;

describe("a job that is not waited for", () => {
  it("is taken up after Ctrl-C, and paid for once", async () => {
    const user = await service.user();
    const first = await TestShell.onEmulator(service.emulator, user);
    const run = first.run("video", "Waves on a beach");
    await posted("POST /video/async", user.id);
    first.interrupt();
    const { exitCode, stdout, stderr } = await run;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    const [, command = ""] = /flowith (jobs wait [\da-f-]+)\n$/.exec(stderr) ?? [];
    const second = again(first);
    expect(await second.json("jobs", "ls")).toMatchObject([{ kind: "video", label: "Waves on a beach" }]);
    const waited = await second.run(...command.split(" "));
    expect(waited.stdout).toMatch(/\.mp4\n$/);
    expect((await readFile(waited.stdout.trimEnd())).length).toBeGreaterThan(0);
    expect(posts("POST /video/async", user.id)).toBe(1);
    expect(await second.json("jobs", "ls")).toEqual([]);
  });

  it("begins with --detach, is shown, and is waited for by how its id begins", async () => {
    const shell = await service.shell();
    const { stdout } = await shell.run("image", "A boat", "--detach");
    const id = stdout.trimEnd();
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(await shell.json("jobs", "show", id.slice(0, 6))).toMatchObject({
      handle: { userNodeId: id, label: "A boat" },
      status: { state: expect.any(String) },
    });
    expect(await shell.json("jobs", "ls", "--status")).toMatchObject([
      { id, state: expect.stringMatching(/waiting|done/) },
    ]);
    expect(await shell.json("jobs", "wait", id.slice(0, 8))).toMatchObject({
      id,
      kind: "image",
      mimeType: "image/png",
    });
  });
});

describe("jobs wait", () => {
  it("ends with 2 for an id of no job, or one that is too short", async () => {
    const shell = await service.shell();
    for (const id of ["00000000", "abc", ""]) expect((await shell.run("jobs", "wait", id)).exitCode).toBe(2);
    expect((await shell.run("jobs", "wait")).exitCode).toBe(2);
    expect((await shell.run("jobs", "wait", "--all")).exitCode).toBe(0);
  });

  it("waits for all, tells of what failed, and ends with 6", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "forbidden", user: user.id, fail: { reason: "content_policy" } });
    const shell = await TestShell.onEmulator(service.emulator, user);
    for (const prompt of ["forbidden", "A boat"]) await shell.json("image", prompt, "--detach");
    const { exitCode, stdout } = await shell.run("jobs", "wait", "--all", "--json");
    expect(exitCode).toBe(6);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines).toContainEqual(
      expect.objectContaining({ label: "forbidden", error: expect.objectContaining({ code: "job_failed" }) }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ label: "A boat", path: expect.any(String) }));
    expect(await shell.json("jobs", "ls")).toEqual([]);
  });

  it("prints the text of an interrupted answer", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "slow", user: user.id, reply: "At last.", firstEventMs: 500 });
    const first = await TestShell.onEmulator(service.emulator, user);
    const run = first.run("text", "slow");
    await posted("POST /completion/async", user.id);
    first.interrupt();
    expect((await run).exitCode).toBe(130);
    const { stdout } = await again(first).run("jobs", "wait", "--all");
    expect(stdout).toBe("At last.\n");
  });
});

describe("jobs ls and rm", () => {
  it("show no escape sequence of a label, and forget a job", async () => {
    const shell = await service.shell();
    const { stdout } = await shell.run("image", "A \u001b]0;owned\u0007boat", "--detach");
    const listed = await again(shell, { isTerminal: true }).run("jobs", "ls");
    expect(listed.stdout).toContain("A boat");
    expect(listed.stdout).not.toContain("owned");
    expect(await shell.json("jobs", "rm", stdout.trim())).toEqual({ removed: [stdout.trim()] });
    expect(await shell.json("jobs", "ls")).toEqual([]);
  });
});
