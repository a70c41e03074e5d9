import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type CaseResult, cases } from "../src/index.ts";
import { expectPassed } from "./expect-passed.ts";

const run = promisify(execFile);
const main = fileURLToPath(new URL("./deno-main.ts", import.meta.url));

let emulator: Emulator;
let results: Map<string, CaseResult>;

beforeAll(async () => {
  emulator = await startEmulator({ replay: false });
  const rights = ["--allow-net=127.0.0.1,localhost", "--allow-env"];
  const { stdout } = await run(
    "deno",
    ["run", "--node-modules-dir=manual", "--no-lock", ...rights, main, emulator.url],
    {
      timeout: 100_000,
      maxBuffer: 2 ** 26,
    },
  );
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  results = new Map(lines.map((line): CaseResult => JSON.parse(line)).map((result) => [result.id, result]));
});

afterAll(() => emulator.close());

describe("in Deno", () => {
  it.each(cases.map(({ id }) => id))("%s", (id) => {
    expectPassed(results.get(id));
  });
});
