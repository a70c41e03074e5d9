import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { ScriptFolder } from "./script-folder.ts";

let emulator: Emulator;
let env: Record<string, string>;
let folder: ScriptFolder;

beforeAll(async () => {
  emulator = await startEmulator();
  const { token } = await emulator.createUser();
  env = {
    FLOWITH_TOKEN: token,
    FLOWITH_EDGE_URL: emulator.edgeUrl,
    FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
    FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
  };
});

afterAll(() => emulator.close());

beforeEach(async () => {
  folder = await ScriptFolder.create();
});

afterEach(() => folder[Symbol.asyncDispose]());

async function run(script: string): Promise<unknown> {
  const main = `import { Flowith } from "flowith-webapi";\nconst flowith = Flowith.fromEnv();\n${script}\nflowith.close();`;
  await folder.write("main.js", main);
  return JSON.parse(await folder.run("bun", ["run", "main.js"], env));
}

it("in Bun, pictures are saved under free names", async () => {
  const saved = await run(`const { image } = await flowith.generateImage("A cat");
const saved = await Promise.all([1, 2].map(() => image.save("./outputs", { filename: "cat.png" })));
console.log(JSON.stringify(saved.map(({ location }) => location).sort()));`);
  const names = ["cat (2).png", "cat.png"];
  const place = join(folder.path, "outputs");
  expect(saved).toEqual(names.map((name) => join(place, name)));
  expect((await readdir(place)).sort()).toEqual(names);
  expect((await readFile(join(place, "cat.png"))).subarray(1, 4).toString()).toBe("PNG");
});

it("in Bun, a file is uploaded by its path, with progress", async () => {
  const bytes = Uint8Array.from({ length: 3_000_001 }, (_, place) => place % 251);
  await folder.write("large.bin", bytes);
  const { url, sent } = (await run(`const sent = [];
const onProgress = ({ sentBytes }) => sent.push(sentBytes);
const { url } = await flowith.uploadFile("./large.bin", { onProgress });
console.log(JSON.stringify({ url, sent }));`)) as { url: string; sent: number[] };
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
  expect(sent.at(-1)).toBe(3_000_001);
  expect(sent.length).toBeGreaterThan(3);
});

it("in Bun, a Bun.file goes by its name without its folder, and a Blob by none", async () => {
  await folder.write("inner/cat.txt", "meow");
  const records = (await run(`const sources = [Bun.file(import.meta.dir + "/inner/cat.txt"), new Blob(["meow"])];
const records = await Promise.all(sources.map((source) => flowith.uploadFile(source)));
console.log(JSON.stringify(records));`)) as { reference: string; url: string }[];
  expect(records.map(({ reference }) => reference.split("|")[1])).toEqual(["cat.txt", "file"]);
  for (const { url } of records) expect(await (await fetch(url)).text()).toBe("meow");
});

it("in Bun, a Bun.file that is missing is refused", async () => {
  const message = await run(
    'console.log(JSON.stringify(await flowith.uploadFile(Bun.file("missing.png")).catch((error) => error.message)));',
  );
  expect(message).toBe("uploadFile: missing.png cannot be read. Check the path.");
});

it("in Bun, a file: URL with a broken escape is no path, and not the working folder", async () => {
  const messages = await run(`const { image } = await flowith.generateImage("A cat");
const calls = [flowith.uploadFile("file:///tmp/%E0%A4%A"), image.save("file:///tmp/%E0%A4%A")];
console.log(JSON.stringify(await Promise.all(calls.map((call) => call.catch((error) => error.message)))));`);
  const said = expect.stringContaining('the file: URL "file:///tmp/%E0%A4%A" names no path here');
  expect(messages).toEqual([said, said]);
});

it("in Bun, a path that leads nowhere is told as in Node", async () => {
  const message = await run(
    'console.log(JSON.stringify(await flowith.uploadFile("missing.png").catch((error) => error.message)));',
  );
  expect(message).toBe("uploadFile: missing.png cannot be read (ENOENT). Check the path.");
});
