import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { batchOf, jsonl } from "../testing/batch-of.ts";
import { CliEmulator } from "../testing/emulator.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ replay: false });
});
afterAll(() => service[Symbol.asyncDispose]());

describe("batch", () => {
  it("makes texts, pictures and clips, and keeps fields that are no options", async () => {
    const { shell, results, files, folder } = await batchOf(
      service,
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

  it("makes the folders of its output", async () => {
    const { shell, results } = await batchOf(service, jsonl("Say 1"));
    expect((await shell.run("batch", "in.jsonl", "--output", "new/folder/out.jsonl")).exitCode).toBe(0);
    expect(await results("new/folder/out.jsonl")).toMatchObject([{ status: "fulfilled" }]);
    const refused = await shell.run("batch", "in.jsonl", "--output", "in.jsonl/out.jsonl");
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("a part of the path is a file") });
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
    const { shell } = await batchOf(service, jsonl("Say 1", "Say 2"));
    expect(await shell.json("batch", "in.jsonl", "-o", "out.jsonl")).toMatchObject({
      total: 2,
      fulfilled: 2,
      rejected: 0,
      creditsSpent: 2,
      output: expect.stringMatching(/out\.jsonl$/),
      failed: [],
      skippedFor: null,
      retry: null,
    });
  });

  it("names the output as it was given", async () => {
    const { shell, again } = await batchOf(service, jsonl("Say 1"));
    const elsewhere = join((await batchOf(service, "")).folder, "out.jsonl");
    expect((await shell.run("batch", "in.jsonl", "-o", elsewhere)).stderr).toContain(` results in ${elsewhere}; `);
    const { stderr } = await (await again()).run("batch", "in.jsonl", "-o", "./out.jsonl");
    expect(stderr).toContain(" results in ./out.jsonl; ");
  });

  it("fills in what the lines leave open", async () => {
    const { shell, posts } = await batchOf(
      service,
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
    const { user, shell, results, posts, again, files } = await batchOf(
      service,
      jsonl("Say 1", "Forbidden thing", "Say 3"),
    );
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
    const { user, shell, folder, results, posts, again } = await batchOf(service, jsonl("Say 1", "Forbidden thing"));
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
});
