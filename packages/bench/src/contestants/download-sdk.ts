// image.save() of a generated picture.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makePictures } from "./pictures.ts";
import { readTask } from "./task.ts";
import { measureTransfer } from "./transfer.ts";

const task = readTask();
// What the picture costs to generate is not part of its download.
const { small, large } = await makePictures(task);
await measureTransfer(task, async (sizeBytes, isWarmup) => {
  const saved = await (isWarmup ? small : large).save(task.folder, { filename: "sdk.png", overwrite: true });
  if (saved.sizeBytes !== sizeBytes) throw new Error(`${saved.sizeBytes} bytes were saved, not ${sizeBytes}.`);
});
// Nobody pays for a large file that another round has left, in the disk's cache or in its own place.
await rm(join(task.folder, "sdk.png"));
process.exit(0);
