import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EmulatorUser, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answer, prompt, TestCanvas } from "../src/testing/canvas.ts";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

const emulator = await startEmulator();
const running: ChildProcess[] = [];
let user: EmulatorUser;
let canvas: TestCanvas;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-cli-"));
});
beforeEach(async () => {
  user = await emulator.createUser({});
  canvas = new TestCanvas(emulator, user);
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => emulator.close());

function start(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      FLOWITH_HOME: join(folder, "home"),
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
      FLOWITH_TOKEN: user.token,
    },
  });
  running.push(child);
  return { child, ended: once(child, "close").then(([code, signal]) => ({ code, signal })) };
}

describe("flowith conversations ls", () => {
  it("asks for no more pages when its reader has enough", async () => {
    await canvas.conversations(Array.from({ length: 2_000 }, (_, i) => `Conversation ${i} ${"long ".repeat(10)}`));
    const { child, ended } = start("conversations", "ls", "--all");
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await ended).toEqual({ code: 141, signal: null });
    const pages = emulator.journal.list({ route: "GET /rest/v1/conversation", user: user.id });
    expect(pages.length).toBeLessThan(15);
  });
});

describe("flowith conversations export", () => {
  it("leaves no half file under its name when it is killed, and goes on with --update", async () => {
    await using client = new Flowith({ ...addresses(), token: user.token });
    const [first, second] = [
      await client.uploadFile(new Blob(["1"]), { filename: "a.png" }),
      await client.uploadFile(new Blob(["22222"]), { filename: "b.png" }),
    ];
    const id = await canvas.conversation("Killed", [prompt("Draw"), answer(first.url), answer(second.url)]);
    const path = new URL(second.url).pathname;
    emulator.faults.arm({ type: "silence", route: `GET ${path}`, count: 1 });
    const { child, ended } = start("conversations", "export", id, "--output", "out");
    await expect.poll(() => emulator.journal.list({ route: `GET ${path}` }).length, { timeout: 30_000 }).toBe(1);
    child.kill("SIGKILL");
    expect(await ended).toMatchObject({ signal: "SIGKILL" });
    const place = join(folder, "out", `Killed ${id.slice(0, 8)}`);
    expect(await readdir(place)).toEqual([".flowith-export.json", "media"]);
    expect(await start("conversations", "export", id, "--output", "out", "--update").ended).toMatchObject({ code: 0 });
    expect((await readdir(place)).filter((name) => name.includes(".part"))).toEqual([]);
    expect(await readFile(join(place, "conversation.md"), "utf8")).toMatch(/\(media\/.*\(media\//s);
    expect(emulator.journal.list({ route: `GET ${new URL(first.url).pathname}` })).toHaveLength(1);
  });
});

function addresses() {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  return { edgeUrl, supabaseUrl, supabaseKey };
}
