// The servers of the README, each as it stands there, and the page's side of it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { readGeneration } from "flowith-webapi";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { ScriptFolder } from "./script-folder.ts";

const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
const page = blockWith("readGeneration(answer)");
const hono = blockWith("new Hono");
const fastify = blockWith("fastify()");
const express = blockWith("express()");

const DENO = [
  "run",
  "--quiet",
  "--no-prompt",
  "--no-lock",
  "--node-modules-dir=manual",
  "--allow-env",
  "--allow-net=127.0.0.1",
];
const EXPRESS_LISTENS =
  'const server = app.listen(0, "127.0.0.1", () => console.log("port " + server.address().port + "/"));';

interface Example {
  command: readonly string[];
  code: string;
  /** What is put for what: a free port of this machine alone, which is printed. */
  changes: readonly (readonly [string, string])[];
}

const onExpress: Example = { command: ["node"], code: express, changes: [["app.listen(3000);", EXPRESS_LISTENS]] };

const examples: Record<string, Example> = {
  Express: onExpress,
  "Express with compression": {
    command: ["node"],
    code: `import compression from "compression";\n${express}`,
    changes: [
      ["app.listen(3000);", EXPRESS_LISTENS],
      ["const app = express();", "const app = express().use(compression());"],
    ],
  },
  "Express 4": {
    command: ["node"],
    code: express,
    changes: [
      ["app.listen(3000);", EXPRESS_LISTENS],
      ['from "express"', 'from "express4"'],
      ["(request, response) =>", "(request, response, next) =>"],
      ["toResponse(), response)", "toResponse(), response).catch(next)"],
    ],
  },
  "Express in Bun": { command: ["bun", "run"], code: express, changes: [["app.listen(3000);", EXPRESS_LISTENS]] },
  "Express in Deno": {
    command: ["deno", ...DENO, "--allow-read", "--allow-sys"],
    code: express,
    changes: [["app.listen(3000);", EXPRESS_LISTENS]],
  },
  Fastify: {
    command: ["node"],
    code: fastify,
    changes: [
      ["await app.listen({ port: 3000 });", 'console.log(await app.listen({ port: 0, host: "127.0.0.1" }) + "/");'],
    ],
  },
  "Fastify's reply.raw": {
    command: ["node"],
    code: fastify.replace("Flowith }", "Flowith, pipeResponse }"),
    changes: [
      ["await app.listen({ port: 3000 });", 'console.log(await app.listen({ port: 0, host: "127.0.0.1" }) + "/");'],
      [
        "(request) => flowith.generateStream(request.body).toResponse()",
        "(request, reply) => { const stream = flowith.generateStream(request.body); reply.hijack(); return pipeResponse(stream.toResponse(), reply.raw); }",
      ],
    ],
  },
  Hono: {
    command: ["node"],
    code: hono,
    changes: [
      [
        "serve({ fetch: app.fetch, port: 3000 });",
        'serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => console.log("port " + port + "/"));',
      ],
    ],
  },
  // As what it is, a function of a Request.
  Next: {
    command: ["node"],
    code: `import { serve } from "@hono/node-server";
${blockWith("function POST")}
serve({ fetch: POST, port: 0, hostname: "127.0.0.1" }, ({ port }) => console.log("port " + port + "/"));`,
    changes: [],
  },
  Bun: {
    command: ["bun", "run"],
    code: blockWith("Bun.serve"),
    changes: [
      ["Bun.serve({", 'console.log("" + Bun.serve({ port: 0, hostname: "127.0.0.1",'],
      ["errorResponse });", "errorResponse }).url);"],
    ],
  },
  Deno: {
    command: ["deno", ...DENO],
    code: blockWith("Deno.serve"),
    changes: [
      [
        "{ onError",
        '{ port: 0, hostname: "127.0.0.1", onListen: ({ port }) => console.log("port " + port + "/"), onError',
      ],
    ],
  },
};

let emulator: Emulator;
let env: Record<string, string>;
let folder: ScriptFolder;
const children: ChildProcess[] = [];

beforeAll(async () => {
  emulator = await startEmulator();
  const { id, token } = await emulator.createUser({ credits: 1_000 });
  emulator.model.add({ user: id, match: "slow", fragments: Array(500).fill("word "), delayMs: 100 });
  env = {
    FLOWITH_TOKEN: token,
    FLOWITH_EDGE_URL: emulator.edgeUrl,
    FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
    FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
  };
  folder = await ScriptFolder.create();
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue;
    const closed = once(child, "close");
    // The group that it leads: what stands in .bin is a shell, which does not hand signals on.
    process.kill(-child.pid);
    await closed;
  }
});

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await emulator.close();
});

function blockWith(words: string): string {
  const block = blocks.find((code) => code.includes(words));
  if (block === undefined) throw new Error(`the README shows nothing with ${words}`);
  return block;
}

/** Starts a server of the README. @returns its address, and what it has printed as errors */
async function start({ command: [command = "", ...args], code, changes }: Example) {
  let script = code;
  for (const [from, to] of changes) {
    expect(script).toContain(from);
    script = script.replace(from, to);
  }
  const path = await folder.write("server.mjs", script);
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(command, [...args, path], {
    cwd: folder.path,
    env: { PATH, HOME, NO_COLOR: "1", ...env },
    detached: true,
  });
  children.push(child);
  let printed = "";
  let errors = "";
  child.stdout.on("data", (text) => {
    printed += text;
  });
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const port = await vi.waitFor(
    () => {
      const [, found] = /[: ](\d+)\/$/m.exec(printed) ?? [];
      if (found === undefined) throw new Error(`${command} prints no address: ${printed}${errors}`);
      return Number(found);
    },
    { timeout: 30_000 },
  );
  return { port, url: `http://127.0.0.1:${port}`, errors: () => errors, isAlive: () => child.exitCode === null };
}

async function openStreams(): Promise<number> {
  const response = await emulator.fetch("/__emulator/status");
  return ((await response.json()) as { openStreams: number }).openStreams;
}

/** What the page's side shows of the server at this address, or the error that it throws. */
async function shown(url: string, prompt: string): Promise<string> {
  let text = "";
  const output = { append: (part: string) => (text += part) };
  const ask = (path: string, init: RequestInit): Promise<Response> => fetch(new URL(path, url), init);
  // As a module of the page, with what it finds there.
  const run = new AsyncFunction("readGeneration", "fetch", "prompt", "output", page.replace(/^import.*\n/, ""));
  await run(readGeneration, ask, prompt, output);
  return text;
}

it.each(Object.entries(examples))(
  "%s hands a text on to a page, an error too, and ends when the page leaves",
  async (_name, example) => {
    const { port, url, errors, isAlive } = await start(example);
    expect(await shown(url, "What is the capital of Poland?")).toBe("The capital of Poland is Warsaw.");
    await expect(shown(url, "")).rejects.toMatchObject({ name: "InvalidArgumentError", code: "invalid_argument" });
    await vi.waitFor(async () => expect(await openStreams()).toBe(0), { timeout: 10_000 });
    const client = connect(port, "127.0.0.1");
    client.write("POST /chat HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\nslow");
    for (let received = ""; !received.includes("word"); ) received += (await once(client, "data"))[0];
    expect(await openStreams()).toBe(1);
    client.destroy();
    await vi.waitFor(async () => expect(await openStreams()).toBe(0), { timeout: 10_000 });
    expect(isAlive()).toBe(true);
    expect(errors()).toBe("");
  },
);

it("Express hands on a picture", async () => {
  const { url } = await start(onExpress);
  const response = await fetch(`${url}/picture`);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await response.arrayBuffer()).toString("latin1", 1, 4)).toBe("PNG");
});
