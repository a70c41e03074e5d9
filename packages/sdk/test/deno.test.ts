import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ScriptFolder } from "./script-folder.ts";

const RUN = [
  "run",
  "--quiet",
  "--no-prompt",
  "--no-lock",
  "--node-modules-dir=manual",
  "--allow-net=127.0.0.1,localhost",
];
const NAMES = ["TOKEN", "REFRESH_TOKEN", "USER_ID", "EDGE_URL", "SUPABASE_URL", "SUPABASE_KEY", "SESSION_FILE"];

let emulator: Emulator;
let options: string;
let folder: ScriptFolder;

beforeAll(async () => {
  emulator = await startEmulator();
  const { token } = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  options = JSON.stringify({ token, edgeUrl, supabaseUrl, supabaseKey });
});

afterAll(() => emulator.close());

beforeEach(async () => {
  folder = await ScriptFolder.create();
});

afterEach(() => folder[Symbol.asyncDispose]());

/** Runs a script in which there is a client, with these permissions beside the network. @returns what it printed, as JSON */
async function run(permissions: readonly string[], script: string): Promise<unknown> {
  const main = `import { Flowith } from "flowith-webapi";
const flowith = new Flowith(${options});
const failed = (error) => ({ name: error.name, message: error.message, cause: error.cause?.name });
${script}
flowith.close();`;
  await folder.write("main.js", main);
  return JSON.parse(await folder.run("deno", [...RUN, ...permissions, "main.js"]));
}

describe("in Deno, a picture is saved", () => {
  const save = `const { image } = await flowith.generateImage("A cat");
const saved = [];
for (let time = 0; time < 2; time++) saved.push(await image.save("./outputs", { filename: "cat" }).catch(failed));
console.log(JSON.stringify(saved));`;

  it("under free names, with the permissions of its folder alone", async () => {
    const saved = await run(["--allow-read=./outputs", "--allow-write=./outputs"], save);
    const place = join(folder.path, "outputs");
    expect(saved).toEqual(
      ["cat.png", "cat (2).png"].map((name) => ({
        location: join(place, name),
        sizeBytes: expect.any(Number),
        mimeType: "image/png",
      })),
    );
    const files = await Promise.all(["cat.png", "cat (2).png"].map((name) => readFile(join(place, name))));
    expect(files[0]?.subarray(1, 4).toString()).toBe("PNG");
    expect(files[0]?.equals(files[1] ?? Buffer.alloc(0))).toBe(true);
    expect(await readdir(place)).toHaveLength(2);
  });

  it("over what is there, when told to", async () => {
    await folder.write("outputs/cat.png", "old");
    const saved = await run(
      ["--allow-read=./outputs", "--allow-write=./outputs"],
      `const { image } = await flowith.generateImage("A cat");
console.log(JSON.stringify(await image.save("outputs/cat.png", { overwrite: true })));`,
    );
    expect(await readdir(join(folder.path, "outputs"))).toEqual(["cat.png"]);
    expect(saved).toMatchObject({ sizeBytes: (await stat(join(folder.path, "outputs/cat.png"))).size });
  });

  it.each([
    ["both permissions", [], "--allow-read=./outputs --allow-write=./outputs"],
    ["the permission to write", ["--allow-read=./outputs"], "--allow-read=./outputs --allow-write=./outputs"],
    ["the permission to read", ["--allow-write=./outputs"], "--allow-read=./outputs"],
  ])("and without %s the error names the flags, and nothing is left behind", async (_what, permissions, flags) => {
    await folder.write("outputs/other.png", "other");
    const saved = await run(permissions, save);
    const refusal = {
      name: "FileSaveError",
      message: expect.stringMatching(`Run Deno with ${flags}$`),
      cause: "NotCapable",
    };
    expect(saved).toEqual([refusal, refusal]);
    expect(await readdir(join(folder.path, "outputs"))).toEqual(["other.png"]);
  });
});

describe("in Deno, a picture that cannot be saved as usual", () => {
  const outputs = ["--allow-read=./outputs", "--allow-write=./outputs"];

  it("is copied to its name where the file system has no links, and replaces nothing", async () => {
    await folder.write("outputs/cat.png", "old");
    const saved = await run(
      outputs,
      `Deno.link = () => Promise.reject(Object.assign(new Error("no links here"), { code: "EPERM" }));
const { image } = await flowith.generateImage("A cat");
console.log(JSON.stringify(await image.save("outputs", { filename: "cat.png" })));`,
    );
    const place = join(folder.path, "outputs");
    expect((await readdir(place)).sort()).toEqual(["cat (2).png", "cat.png"]);
    expect(await readFile(join(place, "cat.png"), "utf8")).toBe("old");
    expect(saved).toMatchObject({ sizeBytes: (await stat(join(place, "cat (2).png"))).size });
  });

  it("leaves nothing behind when its download breaks off or is aborted", async () => {
    const errors = await run(
      outputs,
      `let url, pull;
const broken = (pull) => new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(100)), pull }));
const fetchOr = (input, init) => (String(input) === url ? Promise.resolve(broken(pull)) : fetch(input, init));
const other = new Flowith({ ...${options}, fetch: fetchOr, maxRetries: 0 });
const { image } = await other.generateImage("A cat");
url = image.url;
pull = (c) => c.error(new Error("cut"));
const errors = [await image.save("outputs").catch(failed)];
pull = () => new Promise(() => {});
const stop = new AbortController();
setTimeout(() => stop.abort(new Error("enough")), 200);
errors.push(await image.save("outputs", { signal: stop.signal }).catch(failed));
console.log(JSON.stringify(errors));`,
    );
    expect(errors).toMatchObject([{ name: "ConnectionError" }, { name: "Error", message: "enough" }]);
    expect(await readdir(join(folder.path, "outputs"))).toEqual([]);
  });
});

describe("in Deno, a file is uploaded by its path", () => {
  const upload = (path: string) => `const file = await flowith.uploadFile(${JSON.stringify(path)}).catch(failed);
console.log(JSON.stringify(file));`;

  it("with the permission for that file alone, and all of it", async () => {
    const bytes = Uint8Array.from({ length: 3_000_001 }, (_, place) => place % 251);
    await folder.write("large.bin", bytes);
    const file = (await run(["--allow-read=./large.bin"], upload("./large.bin"))) as { url: string };
    expect(Buffer.from(await (await fetch(file.url)).arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("and without it the error names the flag", async () => {
    await folder.write("notes.txt", "x");
    expect(await run([], upload("notes.txt"))).toMatchObject({
      name: "InvalidArgumentError",
      message: expect.stringMatching(/Run Deno with --allow-read=notes\.txt$/),
    });
  });
});

describe("in Deno, fromEnv", () => {
  const main = `import { Flowith } from "flowith-webapi";
let client;
try {
  client = Flowith.fromEnv();
  console.log((await client.auth.user()).id);
} catch (error) {
  console.log(error.name + ": " + error.message);
}`;

  it("reads its seven names and no other", async () => {
    const user = await emulator.createUser();
    await folder.write("main.js", main);
    const allowed = `--allow-env=${NAMES.map((name) => `FLOWITH_${name}`).join(",")}`;
    const printed = await folder.run("deno", [...RUN, allowed, "main.js"], {
      FLOWITH_TOKEN: user.token,
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    });
    expect(printed).toBe(`${user.id}\n`);
  });

  it("names the flag where it may not", async () => {
    await folder.write("main.js", main);
    const printed = await folder.run("deno", [...RUN, "main.js"]);
    expect(printed).toMatch(/^InvalidArgumentError: .*--allow-env=FLOWITH_TOKEN,FLOWITH_REFRESH_TOKEN,.*FILE\n$/);
  });
});

it("in Deno, a session stays in a file, with the permissions of its folder alone", async () => {
  const stored = await run(
    ["--allow-read=./state", "--allow-write=./state"],
    `import { fileSessionStore } from "flowith-webapi";
const session = { accessToken: "e30.e30.x", refreshToken: "next", expiresAtMs: 1, userId: "alice" };
const store = fileSessionStore("./state/session.json");
await store.save(session);
console.log(JSON.stringify(await fileSessionStore("./state/session.json").load()));
await store.clear();`,
  );
  expect(stored).toMatchObject({ refreshToken: "next" });
  expect(await readdir(join(folder.path, "state"))).toEqual([]);
});

it("in Deno, many sessions stay in a folder, with the permissions of it alone, and without them the error names the flags", async () => {
  const script = `import { fileKeyValueStore } from "flowith-webapi";
const store = fileKeyValueStore("./users");
const keys = ["alice", "ALICE", "../alice", "\\ud800", "\\ud801"];
const kept = await Promise.all(keys.map((key) => store.set(key, "of " + keys.indexOf(key)))).then(async () => {
  const values = await Promise.all(keys.map((key) => store.get(key)));
  for (const key of keys) await store.delete(key);
  return values;
}).catch(failed);
console.log(JSON.stringify(kept));`;
  const permissions = ["--allow-read=./users", "--allow-write=./users"];
  expect(await run(permissions, script)).toEqual([0, 1, 2, 3, 4].map((index) => `of ${index}`));
  expect(await readdir(join(folder.path, "users"))).toEqual([]);
  expect(await run([], script)).toMatchObject({
    name: "SessionStoreError",
    message: expect.stringMatching(/could not be written.*--allow-read and --allow-write/),
  });
});

it("in Deno without the permission for the network, the error names the flag and the host", async () => {
  const refused = await run(
    ["--deny-net"],
    `const calls = [
  () => flowith.models.list({ maxRetries: 0 }),
  () => flowith.conversations.list({ maxRetries: 0 }),
  () => flowith.generate("Hello"),
  () => flowith.uploadFile("http://127.0.0.1:48213/a.png"),
];
console.log(JSON.stringify(await Promise.all(calls.map((call) => call().catch(failed)))));`,
  );
  const hosts = [emulator.edgeUrl, emulator.supabaseUrl].map((url) => new URL(url).host);
  const refusal = (host: string | undefined, others: string) => ({
    name: "ConnectionError",
    message: expect.stringMatching(`Deno may not reach ${host}\\. Run it with --allow-net=${host}${others}\\.$`),
    cause: expect.any(String),
  });
  const both = ", with the hosts of edgeUrl and supabaseUrl both";
  expect(refused).toEqual([
    refusal(hosts[0], both),
    refusal(hosts[1], both),
    refusal(hosts[1], both),
    refusal("127.0.0.1:48213", ""),
  ]);
});
