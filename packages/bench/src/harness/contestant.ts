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
}

export type Result = Record<string, number>;

const MOST_SECONDS = 300;

const resultSchema: v.GenericSchema<unknown, Result> = v.record(v.string(), v.number());

/** Runs one contestant in a process of its own. @throws with what it wrote when it fails or says nothing */
export async function runContestant({ name, command, script }: Contestant, task: Task): Promise<Result> {
  const [program = process.execPath, ...args] = command;
  const child = spawn(program, [...args, fileURLToPath(script), JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
    timeout: MOST_SECONDS * 1000,
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    output += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    errors += part;
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject).on("close", resolve);
  const code = await promise;
  const last = output.trim().split("\n").at(-1) ?? "";
  if (code !== 0 || !last.startsWith("{")) {
    throw new Error(
      `${name} ended with ${code ?? `no answer within ${MOST_SECONDS} s`}: ${(errors || output).slice(-2_000)}`,
    );
  }
  return v.parse(resultSchema, JSON.parse(last));
}
