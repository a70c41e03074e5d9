import { mkdir, readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ replay: false });
});
afterAll(() => service[Symbol.asyncDispose]());

const TEXT_POST = "POST /completion/async";

/** A user of its own, and a folder with an input. */
async function batchOf(content: string | Uint8Array, name = "in.jsonl") {
  const user = await service.user();
  const shell = await TestShell.onEmulator(service.emulator, user);
  const { cwd } = shell.shell;
  await writeFile(join(cwd, name), content);
  return {
    user,
    shell,
    folder: cwd,
    posts: (route = TEXT_POST) =>
      service.emulator.journal.list({ user: user.id, route }).map(({ body }) => JSON.parse(body ?? "{}")),
    results: async (file = "out.jsonl"): Promise<Record<string, unknown>[]> => {
      const lines = (await readFile(join(cwd, file), "utf8")).split("\n").slice(0, -1);
      return lines.map((line) => JSON.parse(line));
    },
    files: async () => (await readdir(cwd)).filter((file) => file !== "home").sort(),
    /** A new shell of the same user in the same folder, as a second command has. */
    again: (options: { input?: string } = {}) => TestShell.onEmulator(service.emulator, user, { cwd, ...options }),
  };
}

const jsonl = (...lines: unknown[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

describe("batch", () => {
  it("makes texts, pictures and clips, and keeps fields that are no options", async () => {
    const { shell, results, files, folder } = await batchOf(
      `\n${jsonl("What is the capital of Poland?", { id: "boat", kind: "image", prompt: "A boat", article: 17 })}${jsonl({ id: "Waves/1", kind: "video", prompt: "Waves", aspectRatio: null })}`,
    );
    const { exitCode, stdout, stderr } = await shell.run("batch", "in.jsonl", "--output", "out.jsonl");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect(stderr).toMatch(/^3 of 3 results in out\.jsonl; .*111 credits spent, [\d,]+ left\.$/m);
    const byId = new Map((await results()).map((result) => [result.id, result]));
    const place = { model: expect.any(String), convId: expect.any(String), nodeId: expect.any(String) };
    expect(byId.get("1")).toMatchObject({
      index: 0,
      status: "fulfilled",
      kind: "text",
      text: expect.stringContaining("Warsaw"),
      ...place,
    });
    expect(byId.get("boat")).toMatchObject({
      index: 1,
      kind: "image",
      url: expect.stringContaining("http"),
      path: "out-media/boat.png",
      input: { article: 17 },
      ...place,
    });
    expect(byId.get("Waves/1")).toMatchObject({
      kind: "video",
      path: expect.stringMatching(/^out-media\/waves-1-\w+\.mp4$/),
    });
    const picture = await readFile(join(folder, "out-media/boat.png"));
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    expect(await files()).toEqual(["in.jsonl", "out-media", "out.jsonl"]);
  });

  it("reads stdin and writes to stdout, lines and nothing else", async () => {
    const shell = await service.shell({ input: jsonl("Say 1", { id: "b", prompt: "Say 2", direct: true }) });
    const { exitCode, stdout } = await shell.run("batch", "-", "--quiet");
    expect(exitCode).toBe(0);
    const results: { id: string; status: string }[] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(results.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(["1 fulfilled", "b fulfilled"]);
    expect(shell.stderr).toBe("");
  });

  it("prints a summary with --json where the results go to a file", async () => {
    const { shell } = await batchOf(jsonl("Say 1", "Say 2"));
    expect(await shell.json("batch", "in.jsonl", "-o", "out.jsonl")).toMatchObject({
      total: 2,
      fulfilled: 2,
      rejected: 0,
      creditsSpent: 2,
      output: expect.stringMatching(/out\.jsonl$/),
      failed: [],
      retry: null,
    });
  });

  it("fills in what the lines leave open", async () => {
    const { shell, posts } = await batchOf(
      jsonl(
        "Say 1",
        { prompt: "Say 2", system: "Own." },
        { kind: "image", prompt: "x", model: "gemini-3.1-flash-image" },
      ),
    );
    const { exitCode } = await shell.run(
      "batch",
      "in.jsonl",
      "-o",
      "out.jsonl",
      "--model",
      "gpt-4.1",
      "--system",
      "Brief.",
    );
    expect(exitCode).toBe(0);
    expect(posts().map(({ model }) => model)).toEqual(["gpt-4.1", "gpt-4.1"]);
    expect(JSON.stringify(posts())).toContain("Brief.");
    expect(JSON.stringify(posts())).toContain("Own.");
  });

  it("tells failed lines with the command that runs them alone, which replaces their results", async () => {
    const { user, shell, results, posts, again, files } = await batchOf(jsonl("Say 1", "Forbidden thing", "Say 3"));
    service.emulator.model.add({
      match: "Forbidden",
      fail: { reason: "content_policy" },
      user: user.id,
      count: 1,
    });
    const first = await shell.run("batch", "in.jsonl", "-o", "out.jsonl", "--concurrency", "1");
    expect(first.exitCode).toBe(6);
    expect(first.stderr).toContain("1 line is without a result:\n  line 2: ");
    expect(first.stderr).toContain("flowith batch in.jsonl --output out.jsonl --only-failed\n");
    expect((await results())[1]).toMatchObject({
      id: "2",
      status: "rejected",
      error: { code: "job_failed", reason: "content_policy", message: expect.any(String) },
    });
    expect(await files()).toContain("out.jsonl.jobs");
    const second = await (await again()).run("batch", "in.jsonl", "--output", "out.jsonl", "--only-failed");
    expect(second.exitCode, second.stderr).toBe(0);
    expect((await results()).map(({ id, status }) => `${id} ${status}`)).toEqual([
      "1 fulfilled",
      "2 fulfilled",
      "3 fulfilled",
    ]);
    expect(posts()).toHaveLength(4);
    expect(await files()).toEqual(["in.jsonl", "out.jsonl"]);
  });

  it("lets a line whose job has failed be changed, and refuses another input under the same output", async () => {
    const { user, shell, folder, results, posts, again } = await batchOf(jsonl("Say 1", "Forbidden thing"));
    service.emulator.model.add({ match: "Forbidden", fail: { reason: "content_policy" }, user: user.id });
    expect((await shell.run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(6);
    await writeFile(join(folder, "in.jsonl"), jsonl("Say 7", "Say 2"));
    const refused = await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl");
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("out.jsonl is of another input: line 1");
    expect(refused.stderr).toContain("--force");
    expect(posts()).toHaveLength(2);
    await writeFile(join(folder, "in.jsonl"), jsonl("Say 1", "Say 2", "Say 3"));
    expect((await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(0);
    expect((await results()).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    expect(posts()).toHaveLength(4);
    await writeFile(join(folder, "in.jsonl"), jsonl("Say 7"));
    expect((await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl", "--force")).exitCode).toBe(0);
    expect(await results()).toMatchObject([{ id: "1", text: expect.stringContaining("7") }]);
  });

  it("ends with 4 once there are no credits, starts nothing more, and goes on when there are some", async () => {
    const { user, shell, results, posts, again } = await batchOf(jsonl("Say 1", "Say 2", "Say 3", "Say 4"));
    const fault = service.emulator.faults.arm({
      type: "status",
      status: 402,
      route: TEXT_POST,
      user: user.id,
      count: 0,
    });
    const { exitCode, stderr } = await shell.run("batch", "in.jsonl", "-o", "out.jsonl", "--concurrency", "1");
    expect(exitCode).toBe(4);
    expect(stderr).toContain("4 lines are without a result");
    expect((await results()).map(({ status }) => status)).toEqual(["rejected", "skipped", "skipped", "skipped"]);
    expect(posts()).toHaveLength(1);
    service.emulator.faults.remove(fault.id);
    expect((await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(0);
    expect((await results()).map(({ id, status }) => `${id} ${status}`)).toEqual([
      "1 fulfilled",
      "2 fulfilled",
      "3 fulfilled",
      "4 fulfilled",
    ]);
  });

  it("ends with 3 before anything is started where the session is over", async () => {
    const { user, shell, posts } = await batchOf(jsonl("Say 1"));
    service.emulator.faults.arm({ type: "status", status: 401, route: "*", user: user.id, count: 0 });
    const { exitCode, stderr } = await shell.run("batch", "in.jsonl", "-o", "out.jsonl");
    expect(exitCode, stderr).toBe(3);
    expect(posts()).toEqual([]);
  });

  it("waits as long as a limit says", async () => {
    const { user, shell, posts } = await batchOf(jsonl("Say 1"));
    service.emulator.faults.arm({
      type: "status",
      status: 429,
      headers: { "retry-after": "1" },
      route: TEXT_POST,
      user: user.id,
    });
    const { exitCode } = await shell.run("batch", "in.jsonl", "-o", "out.jsonl");
    expect(exitCode).toBe(0);
    expect(posts()).toHaveLength(2);
  });

  it("starts nothing more after failures in a row, nor beyond a number of credits", async () => {
    const failing = await batchOf(jsonl("bad 1", "bad 2", "bad 3", "bad 4"));
    service.emulator.model.add({ match: "bad", fail: { reason: "provider_error" }, user: failing.user.id });
    const run = await failing.shell.run(
      "batch",
      "in.jsonl",
      "-o",
      "out.jsonl",
      "--concurrency",
      "1",
      "--max-failures-in-a-row",
      "2",
    );
    expect(run.exitCode).toBe(6);
    expect((await failing.results()).map(({ error }) => error)).toMatchObject([
      { code: "job_failed" },
      { code: "job_failed" },
      { code: "max_failures_in_a_row" },
      { code: "max_failures_in_a_row" },
    ]);
    const costly = await batchOf(jsonl(...Array.from({ length: 8 }, (_, index) => `Say ${index}`)));
    expect(
      (await costly.shell.run("batch", "in.jsonl", "-o", "out.jsonl", "--concurrency", "1", "--max-credits", "2"))
        .exitCode,
    ).toBe(6);
    expect((await costly.results()).at(-1)).toMatchObject({ status: "skipped", error: { code: "max_credits" } });
  });

  it("is stopped by Ctrl-C, leaves what is under way to the next run, and says so", async () => {
    const { shell, posts, results, again } = await batchOf(jsonl("Say 1", "Write 200 words", "Say 3"));
    const running = shell.run("batch", "in.jsonl", "-o", "out.jsonl", "--concurrency", "2");
    while (posts().length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    shell.interrupt();
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/Stopped: [01] of 3 lines have their result\.\n.*run the same command again/);
    expect((await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(0);
    expect((await results()).map(({ id }) => id).sort()).toEqual(["1", "2", "3"]);
    expect(posts()).toHaveLength(3);
  });

  it.runIf(process.platform === "linux")("keeps what was paid for where the disk is full", async () => {
    const { shell, folder, posts, again, results } = await batchOf(jsonl("Say 1", "Say 2"));
    await symlink("/dev/full", join(folder, "out.jsonl"));
    const { exitCode, stderr } = await shell.run("batch", "in.jsonl", "-o", "out.jsonl", "--concurrency", "1");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Cannot write results to .*ENOSPC.*\nWhat was paid for is kept/);
    const before = posts().length;
    await symlink("real.jsonl", join(folder, "next"));
    await rename(join(folder, "next"), join(folder, "out.jsonl"));
    expect((await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(0);
    expect(await results("real.jsonl")).toHaveLength(2);
    expect(posts().length).toBe(2);
    expect(before).toBeGreaterThan(0);
  });

  it("refuses an output that cannot be written, is something else's, or is at work", async () => {
    const { shell, folder, posts, again } = await batchOf(jsonl("Write 300 words"));
    await mkdir(join(folder, "taken"));
    await writeFile(join(folder, "notes.txt"), "my notes\n");
    for (const [output, message] of [
      ["missing/out.jsonl", "Cannot write results to"],
      ["taken", "Cannot write results to"],
      ["notes.txt", "holds something else"],
      ["in.jsonl", "holds something else"],
    ] as const) {
      const { exitCode, stderr } = await (await again()).run("batch", "in.jsonl", "-o", output);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(message);
    }
    expect(await readFile(join(folder, "notes.txt"), "utf8")).toBe("my notes\n");
    expect(posts()).toEqual([]);
    const running = shell.run("batch", "in.jsonl", "-o", "out.jsonl");
    while (posts().length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    const { exitCode, stderr } = await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Process ${process.pid} is at work on out.jsonl.`);
    expect((await running).exitCode).toBe(0);
    expect(posts()).toHaveLength(1);
  });

  it("gives a picture that cannot be saved a line of its own, and takes it up once it can", async () => {
    const { shell, folder, results, posts, again } = await batchOf(
      jsonl({ id: "boat", kind: "image", prompt: "A boat" }),
    );
    await writeFile(join(folder, "media"), "in the way");
    const args = ["batch", "in.jsonl", "-o", "out.jsonl", "--media", "media"];
    expect((await shell.run(...args)).exitCode).toBe(6);
    expect(await results()).toMatchObject([
      { status: "rejected", url: expect.any(String), error: { code: "file_save" } },
    ]);
    expect((await (await again()).run(...args.slice(0, 4), "--media", "pictures")).exitCode).toBe(0);
    expect(await results()).toMatchObject([{ status: "fulfilled", path: "pictures/boat.png" }]);
    expect(posts("POST /image_gen/async")).toHaveLength(1);
  });
});
