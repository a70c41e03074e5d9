// fetch, and every part of its body looked at once, in a process of the same state as that of drain-sdk.ts.
import { makePictures } from "./pictures.ts";
import { readTask } from "./task.ts";
import { measureTransfer } from "./transfer.ts";
import { bodyReader } from "./wire.ts";

const task = readTask();
await makePictures(task);
await measureTransfer(task, async (sizeBytes) => {
  const reader = bodyReader(await fetch(`${task.url}/files/${sizeBytes}`));
  let received = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) received += part.value.byteLength;
  if (received !== sizeBytes) throw new Error(`${received} bytes came, not ${sizeBytes}.`);
});
process.exit(0);
