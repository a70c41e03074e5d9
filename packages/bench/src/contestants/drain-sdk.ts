// image.stream(), and every part of it looked at once.
import { Flowith } from "flowith-webapi";
import { readTask } from "./task.ts";
import { measureTransfer } from "./transfer.ts";
import { TOKEN } from "./wire.ts";

const task = readTask();
const flowith = new Flowith({ token: TOKEN, edgeUrl: task.url, supabaseUrl: task.url });
const [{ image: small }, { image: large }] = await Promise.all([
  flowith.generateImage("1024"),
  flowith.generateImage(String(task.fileBytes)),
]);
await measureTransfer(task, async (sizeBytes, isWarmup) => {
  const reader = (await (isWarmup ? small : large).stream()).getReader();
  let received = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) received += part.value.byteLength;
  if (received !== sizeBytes) throw new Error(`${received} bytes came, not ${sizeBytes}.`);
});
process.exit(0);
