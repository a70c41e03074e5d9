// The built command line in other runtimes than Node, tried by a sign-in, an insert and a text job.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "@supabase/supabase-js";
import { describe, expect, it } from "vitest";
import { type ReadyLine, startProcess } from "../src/testing/emulator-process.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const cli = path("../dist/cli.js");

/** The program itself: what stands in node_modules/.bin starts it as a child, which a signal would not reach. */
function program(name: "deno" | "bun", file: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
}

const runtimes = [
  { name: "Node", runtime: [process.execPath] },
  { name: "Deno", runtime: [program("deno", "deno"), "run", "-A", "--node-modules-dir=manual"] },
  { name: "Bun", runtime: [program("bun", "bin/bun.exe"), "run"] },
] as const;

async function textJob({ edgeUrl, users }: ReadyLine, nodeId: string, convId: string): Promise<string> {
  const headers = { authorization: users[0]?.token ?? "" };
  const stop = new AbortController();
  const { signal } = stop;
  const stream = await fetch(`${edgeUrl}/user_stream/stream?user_id=${users[0]?.id}`, { headers, signal });
  const messages = [{ role: "user", content: "Say: it runs here too" }];
  const body = JSON.stringify({ model: "gpt-4.1-nano", messages, nodeId, convId, stream: true });
  const posted = await fetch(`${edgeUrl}/completion/async`, { method: "POST", headers, body });
  expect(posted.status).toBe(200);
  let text = "";
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (!text.includes('"type":"complete"')) text += (await reader?.read())?.value ?? "";
  stop.abort();
  return text;
}

describe.each(runtimes)("in $name", ({ runtime }) => {
  it("signs in, inserts, generates, and finds it all again after a restart", async () => {
    const folder = await mkdtemp(join(tmpdir(), "flowith-runtime-"));
    try {
      const flags = ["start", "--port", "0", "--data-dir", join(folder, "data")];
      const emulator = await startProcess(cli, flags, { runtime });
      const { ready } = emulator;
      const client = createClient(ready.supabaseUrl, ready.supabaseKey, { auth: { persistSession: false } });
      const credentials = { email: "alice@example.com", password: "flowith-emulator" };
      expect((await client.auth.signInWithPassword(credentials)).error).toBeNull();
      const conversation = await client.from("conversation").insert({ title: "elsewhere" }).select("id").single();
      expect(conversation.error).toBeNull();
      const conv_id = String(conversation.data?.id);
      const id = randomUUID();
      const row = { id, conv_id, type: "2", p_id: conv_id, data: { status: "init", value: "" } };
      expect((await client.from("flow_node").insert(row)).error).toBeNull();
      expect(await textJob(ready, id, conv_id)).toContain('"result":"it runs here too"');
      expect(await emulator.end()).toBe(0);

      await using again = await startProcess(cli, flags, { runtime });
      const url = `${again.ready.supabaseUrl}/rest/v1/flow_node?id=eq.${id}&select=data->>value`;
      // the token of before: the key has survived as well
      const headers = { apikey: ready.supabaseKey, authorization: `Bearer ${ready.users[0]?.token}` };
      expect(await (await fetch(url, { headers })).json()).toEqual([{ value: "it runs here too" }]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
