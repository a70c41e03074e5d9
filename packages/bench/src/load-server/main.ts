import { once } from "node:events";
import type { Server } from "node:http";
import { createControl } from "./control.ts";
import { Counters } from "./counters.ts";
import { Jobs } from "./jobs.ts";
import { createService } from "./service.ts";
import { StreamHub } from "./stream-hub.ts";

const hub = new StreamHub();
const keepalive = new StreamHub();
const counters = new Counters(() => hub.size + keepalive.size);
const parts = { pace: { delayMs: 0 }, hub, keepalive, jobs: new Jobs(hub), counters };

async function listen(server: Server): Promise<number> {
  // 10,000 clients may knock within one turn of the loop.
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The load server has no port.");
  return address.port;
}

const [port, controlPort] = await Promise.all([listen(createService(parts)), listen(createControl(parts))]);
process.stdout.write(
  `${JSON.stringify({ url: `http://127.0.0.1:${port}`, controlUrl: `http://127.0.0.1:${controlPort}` })}\n`,
);
// Its parent's end is its own end, however that one ended.
process.stdin.resume().on("end", () => process.exit(0));
