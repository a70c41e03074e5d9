import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outputsOf, programsOf } from "../../emulator/src/testing/readme-programs.ts";
import { startCommand, urlOf } from "./support/command.ts";

const packageFolder = fileURLToPath(new URL("../", import.meta.url));
const programs = programsOf(readFileSync(`${packageFolder}README.md`, "utf8"));

let emulator: Emulator;
let gateway: ChildProcess;
let gatewayUrl: string;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 5, fragmentMs: 1 });
  gateway = startCommand(emulator, "--port", "0");
  gatewayUrl = await urlOf(gateway);
});
afterAll(async () => {
  gateway.kill();
  await emulator.close();
});

describe("the README's programs", () => {
  it.each(programs.map((program) => [program.heading, program] as const))("%s", async (_heading, program) => {
    const { token } = await emulator.createUser();
    const env = {
      OPENAI_BASE_URL: `${gatewayUrl}/v1`,
      OPENAI_API_KEY: token,
      ANTHROPIC_BASE_URL: gatewayUrl,
      ANTHROPIC_API_KEY: token,
      FLOWITH_TOKEN: token,
    };
    const outputs = await outputsOf([program], { packageFolder, emulator, env });
    expect(outputs.join("")).toContain("Warsaw");
  });
});
