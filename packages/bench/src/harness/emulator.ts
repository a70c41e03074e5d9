import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as v from "valibot";

export interface BenchEmulator extends AsyncDisposable {
  url: string;
  /** @returns the token of a user who does not run out of credits */
  newUser(): Promise<string>;
  /** How many requests came to a route, of those that the journal still has. */
  requests(route: string): Promise<number>;
  memory(): Promise<EmulatorMemory>;
}

/** The resident memory of the emulator's process, in MiB. */
export interface EmulatorMemory {
  nowMebibytes: number;
  /** The highest that was seen, by a look each half second. */
  mostMebibytes: number;
}

/** What the emulator runs for: tells its address, and ends with its input, and so with this process, however that ends. */
const UNTIL_OUR_END = `
  console.log(JSON.stringify({ edgeUrl: process.env.FLOWITH_EDGE_URL }));
  process.stdin.resume().on("end", () => process.exit());
`;
const LOOK_MS = 500;
const CREDITS = 1_000_000_000;

const addressSchema: v.GenericSchema<unknown, { edgeUrl: string }> = v.object({ edgeUrl: v.string() });
const userSchema: v.GenericSchema<unknown, { token: string }> = v.object({ token: v.string() });
const journalSchema: v.GenericSchema<unknown, unknown[]> = v.array(v.unknown());

/** Starts the emulator as its command does, in a process of its own. @param dataDir where files lie in place of in memory */
export async function startBenchEmulator(dataDir?: string): Promise<BenchEmulator> {
  const cli = fileURLToPath(new URL("../../../emulator/dist/cli.js", import.meta.url));
  const flags = ["--no-seed", ...(dataDir === undefined ? [] : ["--data-dir", dataDir])];
  const args = [cli, "exec", ...flags, "--", process.execPath, "--eval", UNTIL_OUR_END];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "close");
  const [line]: string[] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    ended.then(() => {
      throw new Error("The emulator ended before it served. Has it been built?");
    }),
  ]);
  const { edgeUrl: url } = v.parse(addressSchema, JSON.parse(line ?? ""));
  let mostMebibytes = 0;
  const look = async (): Promise<EmulatorMemory> => {
    const nowMebibytes = await residentMebibytes(child.pid);
    mostMebibytes = Math.max(mostMebibytes, nowMebibytes);
    return { nowMebibytes, mostMebibytes };
  };
  await look();
  // A look that fails is told by `memory()`, which fails as well.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  return {
    url,
    async newUser() {
      const response = await fetch(`${url}/__emulator/users`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ credits: CREDITS }),
      });
      return v.parse(userSchema, await response.json()).token;
    },
    async requests(route) {
      const response = await fetch(`${url}/__emulator/journal?${new URLSearchParams({ route })}`);
      return v.parse(journalSchema, await response.json()).length;
    },
    memory: look,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      child.stdin.end();
      await ended;
    },
  };
}

async function residentMebibytes(pid: number | undefined): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1024;
}
