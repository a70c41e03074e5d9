// Loaded into the server's process before the server: tells its parent what the process takes.
import { heapBytes } from "../load/samples.ts";
import type { ServerState } from "./server-process.ts";

function resources(type: string): number {
  return process.getActiveResourcesInfo().filter((name) => name === type).length;
}

async function state(): Promise<ServerState> {
  return {
    heapBytes: await heapBytes(),
    rssBytes: process.memoryUsage().rss,
    timers: resources("Timeout"),
    sockets: resources("TCPSocketWrap"),
  };
}

process.on("message", (question) => {
  if (question === "cpu") {
    const { user, system } = process.cpuUsage();
    process.send?.({ microseconds: user + system });
  } else void state().then((answer) => process.send?.(answer));
});
// Its parent's end is its own end, however that one ended.
process.on("disconnect", () => process.exit(0));
