import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { NODE } from "../../harness/runtimes.ts";
import type { Task } from "../task.ts";

/** What a server's process holds while nothing runs. */
export interface ServerState {
  /** After garbage collection, arrays outside of the heap included. */
  heapBytes: number;
  rssBytes: number;
  timers: number;
  /** Those that keep the process alive, which its pool of idle connections does not. */
  sockets: number;
}

/** A server that is measured, in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  url: string;
  /** All CPU of the process so far. */
  cpuMicroseconds(): Promise<number>;
  state(): Promise<ServerState>;
}

const addressSchema: v.GenericSchema<unknown, { url: string }> = v.object({ url: v.string() });
const cpuSchema: v.GenericSchema<unknown, { microseconds: number }> = v.object({ microseconds: v.number() });
const stateSchema: v.GenericSchema<unknown, ServerState> = v.object({
  heapBytes: v.number(),
  rssBytes: v.number(),
  timers: v.number(),
  sockets: v.number(),
});

/** The gateway as its command starts it. The limit of one API key is off, since one caller asks for all. */
export function startGateway(task: Task): Promise<ServerProcess> {
  const program = new URL("cli.js", import.meta.resolve("@flowith-webapi/gateway"));
  return startServer(task, program, ["--port", "0", "--max-concurrent-per-key", "0", "--no-log"]);
}

/** The least that a program would write in place of the gateway. */
export function startReference(task: Task): Promise<ServerProcess> {
  return startServer(task, new URL("reference-server.ts", import.meta.url), []);
}

async function startServer({ url: service }: Task, script: URL, args: readonly string[]): Promise<ServerProcess> {
  const [program = process.execPath, ...flags] = NODE;
  const probe = new URL("probe.ts", import.meta.url).href;
  const child = spawn(program, [...flags, "--import", probe, fileURLToPath(script), ...args], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: { ...process.env, FLOWITH_EDGE_URL: service, FLOWITH_SUPABASE_URL: service },
  });
  const ended = once(child, "exit");
  if (child.stdout === null) throw new Error("The server has no output.");
  const [line]: string[] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    ended.then(() => {
      throw new Error(`${script.pathname} ended before it served. Has it been built?`);
    }),
  ]);
  const { url } = v.parse(addressSchema, JSON.parse(line ?? ""));
  return {
    url,
    cpuMicroseconds: async () => v.parse(cpuSchema, await asked(child, "cpu")).microseconds,
    state: async () => v.parse(stateSchema, await asked(child, "state")),
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await ended;
    },
  };
}

async function asked(child: ChildProcess, question: "cpu" | "state"): Promise<unknown> {
  const answered = once(child, "message");
  child.send(question);
  const [answer] = await answered;
  return answer;
}
