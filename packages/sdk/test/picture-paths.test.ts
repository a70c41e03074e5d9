// Paths of pictures, which are read long after the call that names them.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, expect, it } from "vitest";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "flowith-pictures-")));
const before = process.cwd();
let emulator: Emulator;

beforeAll(async () => {
  writeFileSync(join(folder, "a.txt"), "the right one");
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

/** Begins the work in the folder, and leaves it at once. */
function begunInFolder<T>(work: () => Promise<T>): Promise<T> {
  process.chdir(folder);
  try {
    return work();
  } finally {
    process.chdir(before);
  }
}

async function newFlowith(): Promise<{ flowith: Flowith; stored: () => number }> {
  const { id, token } = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const stored = () => emulator.journal.list({ user: id, route: "POST /file/store" }).length;
  return { flowith: new Flowith({ token, edgeUrl, supabaseUrl, supabaseKey }), stored };
}

it("a path in a prompt is from the folder that the process is in at the call, whichever verb it is of", async () => {
  const { flowith, stored } = await newFlowith();
  const session = flowith.startConversation();
  const images = ["./a.txt", { path: "a.txt" }];
  const calls: (() => Promise<unknown>)[] = [
    () => flowith.uploadFile("a.txt"),
    () => flowith.generate("x", { images }),
    () => flowith.generate("x", { images, direct: true }),
    () => flowith.generateStream("x", { images }).output,
    () => flowith.submitText("x", { images }),
    () => flowith.generateImage("x", { images }),
    () => flowith.submitImage("x", { images }),
    () => flowith.generateVideo("x", { image: "a.txt", lastImage: { path: "./a.txt" } }),
    // These wait for their turn.
    () => session.send("x", { images }),
    () => session.generateImage("x", { images }),
    () => session.generateVideo("x", { image: "a.txt" }),
  ];
  await Promise.all(calls.map((call) => begunInFolder(call)));
  expect(stored()).toBe(1 + 7 * 2 + 2 * 2 + 1);
  flowith.close();
});

it("a stream that is pulled later has its pictures from the folder and the list of the call", async () => {
  const { flowith, stored } = await newFlowith();
  const images = ["a.txt"];
  const stream = await begunInFolder(async () => flowith.generateStream("x", { images }));
  images.push("missing.txt");
  await stream.output;
  expect(stored()).toBe(1);
  flowith.close();
});

it("what is no path stays what it is, and is refused as that", async () => {
  const { flowith } = await newFlowith();
  for (const [path, said] of [
    ["", "the path is empty"],
    ["http://x/a.png", "is no path"],
    ["a\0b.png", "has a NUL"],
  ] as const) {
    await expect(flowith.generate("x", { images: [{ path }] })).rejects.toThrow(`generate: images[0]: `);
    await expect(flowith.generate("x", { images: [{ path }] })).rejects.toThrow(said);
  }
});
