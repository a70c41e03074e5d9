// Many uploads, some side by side, from all kinds of sources. Each is read back with plain fetch.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type FileSource, Flowith } from "flowith-webapi/node";
import { MemoryGrowth } from "../memory-growth.ts";
import { readTask, report } from "../task.ts";
import { heapBytes, note, riseOf, runSideBySide } from "./samples.ts";

const task = readTask();
const flowith = new Flowith({ token: task.token, edgeUrl: task.url, supabaseUrl: task.url });

/** No two files are alike, nor two places of one. */
function fileOf(number: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.from(new ArrayBuffer(task.fileBytes));
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    bytes.writeUInt32LE(number, at);
    bytes.writeUInt32LE(at, at + 4);
  }
  return bytes;
}

async function stored(source: FileSource, number: number): Promise<Buffer> {
  const { url } = await flowith.uploadFile(source, { filename: `${number}.bin` });
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

async function storedFromPath(bytes: Buffer, number: number): Promise<Buffer> {
  const path = join(task.folder, `${number}.bin`);
  await writeFile(path, bytes);
  try {
    return await stored({ path }, number);
  } finally {
    await rm(path);
  }
}

const SOURCES: readonly ((bytes: Buffer<ArrayBuffer>, number: number) => Promise<Buffer>)[] = [
  stored,
  (bytes, number) => stored(new Blob([bytes]), number),
  (bytes, number) => stored(new Blob([bytes]).stream(), number),
  storedFromPath,
];

let done = 0;
let wrong = 0;

async function upload(count: number): Promise<void> {
  const before = done;
  wrong += await runSideBySide(count, task.atOnce, async (place) => {
    const number = before + place;
    const bytes = fileOf(number);
    return (await SOURCES[number % SOURCES.length]?.(bytes, number))?.equals(bytes) ?? false;
  });
  done += count;
}

const samples: { done: number; heapBytes: number; rssBytes: number }[] = [];
const growth = new MemoryGrowth();
const startedAtMs = performance.now();
while (done < task.jobs) {
  await upload(Math.min(task.sampleEvery, task.jobs - done));
  const taken = { done, heapBytes: await heapBytes(), rssBytes: process.memoryUsage().rss };
  note(`  ${JSON.stringify(taken)}`);
  samples.push(taken);
}
report({
  wrong,
  seconds: (performance.now() - startedAtMs) / 1000,
  growthMebibytes: growth.stop(),
  heapMegabytes: (samples.at(-1)?.heapBytes ?? Number.NaN) / 1e6,
  heapBytesPerUpload: riseOf(samples, ({ heapBytes }) => heapBytes),
});
process.exit(0);
