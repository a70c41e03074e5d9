import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";

// A folder that has the package among its dependencies.
const cwd = fileURLToPath(new URL("../../conformance/", import.meta.url));

/** Answers each line of its input, `call` or `refresh`, with who it is signed in as. */
const script = `
  import { createInterface } from "node:readline";
  import { fileSessionStore, Flowith } from "flowith-webapi";
  const { SESSION_FILE, EDGE_URL, SUPABASE_URL, SUPABASE_KEY } = process.env;
  const flowith = new Flowith({
    store: fileSessionStore(SESSION_FILE), edgeUrl: EDGE_URL, supabaseUrl: SUPABASE_URL, supabaseKey: SUPABASE_KEY,
  });
  const session = await flowith.auth.session();
  console.log(session.userId);
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      if (line === "refresh") await flowith.auth.refresh();
      console.log((await flowith.auth.user()).id);
    } catch (error) {
      console.log(String(error));
    }
  }`;

let emulator: Emulator;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-"));
  emulator = await startEmulator();
});

afterAll(async () => {
  for (const child of children) child.kill();
  await emulator.close();
  await rm(folder, { recursive: true });
});

function start(): { say(line: string): void; answer(): Promise<string> } {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd,
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...process.env,
      SESSION_FILE: join(folder, "session.json"),
      EDGE_URL: emulator.edgeUrl,
      SUPABASE_URL: emulator.supabaseUrl,
      SUPABASE_KEY: emulator.supabaseKey,
    },
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    say: (line) => void child.stdin.write(`${line}\n`),
    answer: async () => (await lines.next()).value ?? "it has ended",
  };
}

it("keeps two processes with one session file signed in when they refresh at the same moment", async () => {
  const { fileSessionStore } = await import("../src/stores/file/file-session-store.ts");
  const user = await emulator.createUser({ expiresInSeconds: 30 });
  await fileSessionStore(join(folder, "session.json")).save({
    accessToken: user.token,
    refreshToken: user.refreshToken,
    // Close to its end: the first call refreshes.
    expiresAtMs: Date.now() + 30_000,
    userId: user.id,
  });
  const both = [start(), start()];
  const answers = () => Promise.all(both.map((process) => process.answer()));
  expect(await answers()).toEqual([user.id, user.id]);
  for (const line of ["call", "refresh", "refresh", "refresh"]) {
    for (const process of both) process.say(line);
    expect(await answers()).toEqual([user.id, user.id]);
    // The time within which a spent token is forgiven is over.
    emulator.clock.advance(11_000);
  }
  const grants = emulator.journal.list({ route: "POST /auth/v1/token" });
  expect(grants.length).toBeGreaterThanOrEqual(4);
  expect(grants.map((entry) => entry.status).filter((status) => status !== 200)).toEqual([]);
  for (const child of children) {
    const closed = once(child, "close");
    child.stdin?.end();
    expect((await closed)[0]).toBe(0);
  }
});
