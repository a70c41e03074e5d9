// fetch and a pipeline into a file.
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { readTask } from "./task.ts";
import { measureTransfer } from "./transfer.ts";

const task = readTask();
await measureTransfer(task, async (sizeBytes) => {
  const response = await fetch(`${task.url}/files/${sizeBytes}`);
  if (response.body === null) throw new Error("The file has no body.");
  await pipeline(response.body, createWriteStream(join(task.folder, "plain.png")));
});
process.exit(0);
