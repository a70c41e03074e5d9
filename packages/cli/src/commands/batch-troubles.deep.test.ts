import { mkdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { batchOf, jsonl, TEXT_POST } from "../testing/batch-of.ts";
import { CliEmulator } from "../testing/emulator.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ replay: false });
});
afterAll(() => service[Symbol.asyncDispose]());

describe("batch in bad weather", () => {
  it("ends with 4 once there are no credits, starts nothing more, and goes on when there are some", async () => {
    const { user, shell, results, posts, again } = await batchOf(service, jsonl("Say 1", "Say 2", "Say 3", "Say 4"));
    const fault = service.emulator.faults.arm({
      type: "status",
      status: 402,
      route: TEXT_POST,
      user: user.id,
      count: 0,
    });
    const { exitCode, stderr } = await shell.run("batch", "in.jsonl", "-o", "out.jsonl", "--concurrency", "1");
    expect(exitCode).toBe(4);
    expect(stderr).toContain("1 line is without a result:\n  line 1: ");
    expect(stderr).toMatch(/^3 lines are not started: .*\nTo run these alone:\n/m);
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

  it("tells programs once why lines were not started, beside those that failed", async () => {
    const { user, shell } = await batchOf(service, jsonl("bad 1", "bad 2", "bad 3"));
    service.emulator.model.add({ match: "bad", fail: { reason: "provider_error" }, user: user.id });
    const args = ["in.jsonl", "-o", "out.jsonl", "--concurrency", "1", "--max-failures-in-a-row", "1", "--json"];
    const { exitCode, stdout } = await shell.run("batch", ...args);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      rejected: 1,
      skipped: 2,
      failed: [{ id: "1", code: "job_failed" }],
      skippedFor: { code: "max_failures_in_a_row", message: expect.any(String) },
      retry: expect.stringContaining("--only-failed"),
    });
  });

  it("ends with 3 before anything is started where the session is over", async () => {
    const { user, shell, posts } = await batchOf(service, jsonl("Say 1"));
    service.emulator.faults.arm({ type: "status", status: 401, route: "*", user: user.id, count: 0 });
    const { exitCode, stderr } = await shell.run("batch", "in.jsonl", "-o", "out.jsonl");
    expect(exitCode, stderr).toBe(3);
    expect(posts()).toEqual([]);
  });

  it("waits as long as a limit says", async () => {
    const { user, shell, posts } = await batchOf(service, jsonl("Say 1"));
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
    const failing = await batchOf(service, jsonl("bad 1", "bad 2", "bad 3", "bad 4"));
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
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(/^2 lines are without a result:\n {2}lines 1, 2: [^\n]+\n2 lines are not/m);
    expect(run.stderr).toContain("2 lines are not started: Too many have failed, one after the other.\n");
    expect((await failing.results()).map(({ error }) => error)).toMatchObject([
      { code: "job_failed" },
      { code: "job_failed" },
      { code: "max_failures_in_a_row" },
      { code: "max_failures_in_a_row" },
    ]);
    const costly = await batchOf(service, jsonl(...Array.from({ length: 8 }, (_, index) => `Say ${index}`)));
    const spent = await costly.shell.run(
      "batch",
      "in.jsonl",
      "-o",
      "out.jsonl",
      "--concurrency",
      "1",
      "--max-credits",
      "2",
    );
    expect(spent.exitCode).toBe(6);
    expect(spent.stderr).toMatch(
      /^\d lines are not started: --max-credits are spent\.\nTo run these alone:\n {2}flowith/m,
    );
    expect(spent.stderr).not.toContain("  line ");
    expect(costly.posts().length).toBeLessThan(8);
    expect((await costly.results()).at(-1)).toMatchObject({ status: "skipped", error: { code: "max_credits" } });
  });

  it("is stopped by Ctrl-C, leaves what is under way to the next run, and says so", async () => {
    const { shell, posts, results, again } = await batchOf(service, jsonl("Say 1", "Write 200 words", "Say 3"));
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
    const { shell, folder, posts, again, results } = await batchOf(service, jsonl("Say 1", "Say 2"));
    await symlink("/dev/full", join(folder, "out.jsonl"));
    const { exitCode, stderr } = await shell.run("batch", "in.jsonl", "-o", "out.jsonl", "--concurrency", "1");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Cannot write results to .*: the disk is full\.\nWhat was paid for is kept/);
    const before = posts().length;
    await symlink("real.jsonl", join(folder, "next"));
    await rename(join(folder, "next"), join(folder, "out.jsonl"));
    expect((await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(0);
    expect(await results("real.jsonl")).toHaveLength(2);
    expect(posts().length).toBe(2);
    expect(before).toBeGreaterThan(0);
  });

  it.each(["{", '{"id', '{"id":"1","sta'])("goes on behind a last line that a kill has torn: %s", async (torn) => {
    const { shell, folder, posts, results, again } = await batchOf(service, jsonl("Name a city.", "Name a river."));
    expect((await shell.run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(0);
    const [first] = (await readFile(join(folder, "out.jsonl"), "utf8")).split("\n");
    await writeFile(join(folder, "out.jsonl"), `${first}\n${torn}`);
    expect((await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(0);
    expect((await results()).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    expect(posts()).toHaveLength(3);
  });

  it("refuses an output that cannot be written, is something else's, or is at work", async () => {
    const { shell, folder, posts, again } = await batchOf(service, jsonl("Write 300 words"));
    await mkdir(join(folder, "taken"));
    await writeFile(join(folder, "notes.txt"), "my notes\n");
    for (const [output, message] of [
      ["notes.txt/out.jsonl", "a part of the path is a file"],
      ["taken", "it is a folder"],
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
    expect(exitCode).toBe(5);
    expect(stderr).toContain(`Process ${process.pid} is at work on out.jsonl.`);
    expect((await running).exitCode).toBe(0);
    expect(posts()).toHaveLength(1);
  });

  it("says what is in the way of the jobs beside the output, and of pictures, and sends nothing", async () => {
    const { folder, posts, again, files } = await batchOf(service, jsonl({ kind: "image", prompt: "A boat" }));
    const image = "POST /image_gen/async";
    await writeFile(join(folder, "file"), "");
    await writeFile(join(folder, "one.jsonl.jobs"), "");
    await mkdir(join(folder, "two.jsonl.jobs"));
    await writeFile(join(folder, "two.jsonl.jobs", "handles"), "");
    for (const [output, media, message] of [
      ["one.jsonl", "m", "one.jsonl.jobs: a part of the path is a file"],
      ["two.jsonl", "m", "two.jsonl.jobs: a part of the path is a file"],
      ["out.jsonl", "file", "/file: a part of the path is a file"],
      ["out.jsonl", "file/deep", "/file/deep: a part of the path is a file"],
      ["-", "file", "--media names another folder"],
      ["", "m", "--output is empty"],
      ["out.jsonl", "", "--media is empty"],
    ] as const) {
      const { exitCode, stderr } = await (await again()).run("batch", "in.jsonl", "-o", output, "--media", media);
      expect({ output, exitCode }).toEqual({ output, exitCode: 2 });
      expect(stderr).toContain(message);
    }
    expect(posts(image)).toEqual([]);
    expect(await files()).not.toContain("m");
    expect(await files()).not.toContain("out.jsonl.jobs");
  });

  it("ends as a line alone would where none has a result, and with 6 where some have", async () => {
    const { user, shell, folder, again } = await batchOf(service, jsonl("Say 1", "Say 2"));
    const { id } = service.emulator.faults.arm({
      type: "status",
      status: 503,
      route: TEXT_POST,
      user: user.id,
      count: 0,
    });
    expect((await shell.run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(5);
    service.emulator.faults.remove(id);
    service.emulator.model.add({ match: "Say 2", fail: { reason: "content_policy" }, user: user.id });
    expect((await (await again()).run("batch", "in.jsonl", "-o", "out.jsonl")).exitCode).toBe(6);
    await writeFile(join(folder, "bad.jsonl"), jsonl("Say 2"));
    expect((await (await again()).run("batch", "bad.jsonl", "-o", "bad.out")).exitCode).toBe(1);
  });

  it("gives a picture that cannot be saved a line of its own, and takes it up once it can", async () => {
    const { shell, folder, results, posts, again } = await batchOf(
      service,
      jsonl({ id: "boat", kind: "image", prompt: "A boat" }),
    );
    await mkdir(join(folder, "media", "boat.png"), { recursive: true });
    const args = ["batch", "in.jsonl", "-o", "out.jsonl", "--media", "media"];
    expect((await shell.run(...args)).exitCode).toBe(1);
    expect(await results()).toMatchObject([
      { status: "rejected", url: expect.any(String), error: { code: "file_save" } },
    ]);
    expect((await (await again()).run(...args.slice(0, 4), "--media", "pictures")).exitCode).toBe(0);
    expect(await results()).toMatchObject([{ status: "fulfilled", path: "pictures/boat.png" }]);
    expect(posts("POST /image_gen/async")).toHaveLength(1);
  });
});
