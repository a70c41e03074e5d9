import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startEmulator } from "@flowith-webapi/emulator";
import { build } from "esbuild";
import { readGeneration } from "flowith-webapi";
import { Miniflare, type Request as WorkerRequest, Response as WorkerResponse } from "miniflare";
import { expect, it } from "vitest";

const run = promisify(execFile);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
// A folder that has the package among its dependencies.
const conformance = fileURLToPath(new URL("../../conformance/", import.meta.url));

it("shows a sign-in that works, and is remembered by the next run", async () => {
  await using emulator = await startEmulator();
  const user = await emulator.createUser({ password: "correct horse" });
  const cwd = await mkdtemp(join(conformance, ".run-"));
  try {
    const [, example = ""] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
    await writeFile(join(cwd, "sign-in.ts"), example);
    const env = {
      ...process.env,
      EMAIL: user.email,
      PASSWORD: "correct horse",
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    };
    const outputs = [await run(process.execPath, ["sign-in.ts"], { cwd, env })];
    outputs.push(await run(process.execPath, ["sign-in.ts"], { cwd, env }));
    expect(outputs.map(({ stdout }) => stdout)).toEqual([`signed-in\n${user.email}\n`, `${user.email}\n`]);
  } finally {
    await rm(cwd, { recursive: true });
  }
});

it("shows a conversation that is sent in part, kept whole, and named", async () => {
  await using emulator = await startEmulator();
  const user = await emulator.createUser();
  const cwd = await mkdtemp(join(conformance, ".run-"));
  try {
    const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
    await writeFile(join(cwd, "long.ts"), examples.find((code) => code.includes("autoTitle")) ?? "");
    const env = {
      ...process.env,
      FLOWITH_TOKEN: user.token,
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    };
    expect((await run(process.execPath, ["long.ts"], { cwd, env })).stdout).toBe("2 6\n");
    const titled = emulator.journal.list({ user: user.id, route: "PATCH /rest/v1/conversation" });
    expect(titled.map(({ body }) => JSON.parse(body ?? ""))).toEqual([{ title: "How do tides work" }]);
  } finally {
    await rm(cwd, { recursive: true });
  }
});

it("shows a supabase-js client that is signed in", async () => {
  await using emulator = await startEmulator();
  const user = await emulator.createUser();
  const cwd = await mkdtemp(join(conformance, ".run-"));
  try {
    const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
    const example = examples.find((code) => code.includes("flowith-webapi/supabase")) ?? "";
    await writeFile(join(cwd, "whole.mjs"), example);
    const env = {
      ...process.env,
      FLOWITH_TOKEN: user.token,
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    };
    expect((await run(process.execPath, ["whole.mjs"], { cwd, env })).stdout).toBe("1\n");
  } finally {
    await rm(cwd, { recursive: true });
  }
});

it("shows a Worker that relays a text", async () => {
  await using emulator = await startEmulator();
  const { token, refreshToken } = await emulator.createUser();
  const [, contents = ""] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
  const bundle = await build({
    stdin: { contents, resolveDir: conformance },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "import"],
  });
  const worker = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]?.text ?? "",
    compatibilityDate: "2026-07-01",
    cf: false,
    bindings: { TOKEN: token, REFRESH_TOKEN: refreshToken },
    // It names no hosts, so what it asks the real ones for is asked of the emulator.
    async outboundService({ url, method, headers, body }: WorkerRequest) {
      const { host, pathname, search } = new URL(url);
      const base = host.startsWith("edge.") ? emulator.edgeUrl : emulator.supabaseUrl;
      const init = { method, headers: [...headers], body: body as BodyInit | null, duplex: "half" };
      const answer = await fetch(base + pathname + search, init as RequestInit);
      return new WorkerResponse(answer.body as never, { status: answer.status, headers: [...answer.headers] });
    },
  });
  try {
    const init = { method: "POST", body: "What is the capital of Poland?" };
    const answer = await worker.dispatchFetch("http://worker.localhost/", init);
    const headers = { "content-type": answer.headers.get("content-type") ?? "" };
    let text = "";
    const relayed = new Response(answer.body as BodyInit | null, { headers });
    for await (const { textDelta } of readGeneration(relayed)) text += textDelta;
    expect(text).toContain("Warsaw");
  } finally {
    await worker.dispose();
  }
});
