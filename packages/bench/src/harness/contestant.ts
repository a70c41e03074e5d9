import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import type { Task } from "../contestants/task.ts";

/** Who is measured: a script, and what runs it. */
export interface Contestant {
  name: string;
  /** The command before the script, such as `["node", "--expose-gc"]`. */
  command: readonly string[];
  script: URL;
  /** What it does otherwise than the rest, such as fewer events. */
  task?: Partial<Task>;
  /** Default 300. */
  mostSeconds?: number;
}

export type Result = Record<string, number>;

const MOST_SECONDS = 300;

const resultSchema: v.GenericSchema<unknown, Result> = v.record(v.string(), v.number());

/**
 * Runs one contestant in a process of its own.
 * @param onNote told what it writes to stderr, as it comes
 * @throws with what it wrote when it fails or says nothing
 */
export async function runContestant(
  { name, command, script, mostSeconds = MOST_SECONDS }: Contestant,
  task: Task,
  onNote: (text: string) => void = () => undefined,
): Promise<Result> {
  const [program = process.execPath, ...args] = command;
  const child = spawn(program, [...args, fileURLToPath(script), JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
    timeout: mostSeconds * 1000,
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    output += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    errors += part;
    onNote(part.trimEnd());
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject).on("close", resolve);
  const code = await promise;
  const last = output.trim().split("\n").at(-1) ?? "";
  if (code !== 0 || !last.startsWith("{")) {
    throw new Error(
      `${name} ended with ${code ?? `no answer within ${mostSeconds} s`}: ${(errors || output).slice(-2_000)}`,
    );
  }
  return v.parse(resultSchema, JSON.parse(last));
}
