// image.stream(), and every part of it looked at once.
import { makePictures } from "./pictures.ts";
import { readTask } from "./task.ts";
import { measureTransfer } from "./transfer.ts";

const task = readTask();
const { small, large } = await makePictures(task);
await measureTransfer(task, async (sizeBytes, isWarmup) => {
  const reader = (await (isWarmup ? small : large).stream()).getReader();
  let received = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) received += part.value.byteLength;
  if (received !== sizeBytes) throw new Error(`${received} bytes came, not ${sizeBytes}.`);
});
process.exit(0);
