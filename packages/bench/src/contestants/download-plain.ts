// fetch and a pipeline into a file.
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { readTask } from "./task.ts";
import { measureTransfer } from "./transfer.ts";

const task = readTask();
const path = join(task.folder, "plain.png");
await measureTransfer(task, async (sizeBytes) => {
  const response = await fetch(`${task.url}/files/${sizeBytes}`);
  if (response.body === null) throw new Error("The file has no body.");
  await pipeline(response.body, createWriteStream(path));
});
// Nobody pays for a large file that another round has left, in the disk's cache or in its own place.
await rm(path);
process.exit(0);
