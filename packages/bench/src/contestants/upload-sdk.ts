// uploadFile() from a path.
import { join } from "node:path";
import { Flowith } from "flowith-webapi";
import { readTask } from "./task.ts";
import { measureTransfer } from "./transfer.ts";
import { TOKEN } from "./wire.ts";

const task = readTask();
const flowith = new Flowith({ token: TOKEN, edgeUrl: task.url, supabaseUrl: task.url });
await measureTransfer(task, async (_sizeBytes, isWarmup) => {
  const path = join(task.folder, isWarmup ? "small.bin" : "large.bin");
  await flowith.uploadFile({ path }, { maxBytes: Number.MAX_SAFE_INTEGER, timeout: { totalMs: 0 } });
});
process.exit(0);
