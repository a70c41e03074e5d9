import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { beforeAll, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

const resultShape = v.looseObject({
  findings: v.array(v.looseObject({ id: v.string(), status: v.string() })),
});

/** A folder in which `kept` is what an emulator has answered; the emulator is gone. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-doctor-"));
  await using service = await CliEmulator.start({ heartbeatMs: 100 });
  const user = await service.user();
  const shell = await TestShell.onEmulator(service.emulator, user, { cwd: folder });
  const { exitCode, stderr } = await shell.run("doctor", "--timeout", "60", "--write", "--record", "kept");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});

async function replayed(...args: string[]) {
  const shell = new TestShell({ cwd: folder, env: { FLOWITH_HOME: join(folder, "home") } });
  const { exitCode, stdout } = await shell.run("doctor", "--json", "--wait", "1", ...args);
  return { exitCode, findings: v.parse(resultShape, JSON.parse(stdout)).findings };
}

it("finds in a recording what it found when it was made, without the service and without a session", async () => {
  const { exitCode, findings } = await replayed("--from", "kept");
  expect(findings.filter(({ status }) => status === "differs")).toEqual([]);
  expect(exitCode).toBe(0);
  const held = findings.filter(({ status }) => status === "holds").map(({ id }) => id);
  const some = ["edge.models", "edge.credits", "tables.conversation", "events.sse.heartbeat", "events.sse.first"];
  expect(held).toEqual(expect.arrayContaining([...some, "files.download"]));
});

it("waits for nothing: what is recorded comes at once, with the time that it came at", async () => {
  const name = "events.sse.opens-1.json";
  const exchange = JSON.parse(await readFile(join(folder, "kept", name), "utf8"));
  const beats = [5_000, 10_000].map((atMs) => ({ atMs, event: { heartbeat: atMs } }));
  exchange.response.body = [{ atMs: 1, event: { status: "connected" } }, ...beats];
  await mkdir(join(folder, "slow"));
  await writeFile(join(folder, "slow", name), JSON.stringify(exchange));
  // waited for, it would end with the test's own limit
  const { findings } = await replayed("--from", "slow", "--wait", "3600");
  expect(findings).toContainEqual(
    expect.objectContaining({ id: "events.sse.heartbeat", status: "holds", note: "every 5.0 s" }),
  );
  expect(findings).toContainEqual(expect.objectContaining({ id: "events.sse.stays", status: "holds" }));
});

it("finds what differs in somebody's recording", async () => {
  await mkdir(join(folder, "theirs"));
  const exchange = JSON.parse(await readFile(join(folder, "kept", "edge.credits-1.json"), "utf8"));
  exchange.response.body = { balance: 3 };
  await writeFile(join(folder, "theirs", "edge.credits-1.json"), JSON.stringify(exchange));
  const bare = await readFile(join(folder, "kept", "edge.bare-1.json"));
  await writeFile(join(folder, "theirs", "edge.bare-1.json"), bare);
  const { exitCode, findings } = await replayed("--from", "theirs");
  expect(exitCode).toBe(6);
  expect(findings.filter(({ status }) => status === "differs")).toEqual([
    expect.objectContaining({ id: "edge.credits", came: expect.stringContaining("{ balance: number }") }),
  ]);
  expect(findings).toContainEqual(
    expect.objectContaining({ id: "edge.models", status: "unknown", why: expect.stringContaining("recording") }),
  );
});

it.each([
  ["home", "holds no recording"],
  ["nowhere", "Cannot read"],
  ["broken", "is no exchange"],
])("ends with 2 for the folder %s", async (name, message) => {
  await mkdir(join(folder, "home"), { recursive: true });
  await mkdir(join(folder, "broken"), { recursive: true });
  await writeFile(join(folder, "broken", "edge.models-1.json"), "{}");
  const shell = new TestShell({ cwd: folder, env: { FLOWITH_HOME: join(folder, "home") } });
  const { exitCode, stderr } = await shell.run("doctor", "--from", name);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
});
