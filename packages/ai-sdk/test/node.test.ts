import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, it } from "vitest";
import { aiOf } from "./ai-versions.ts";
import { FACES, runScenario, scenariosOf } from "./scenarios/run-scenario.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

// At once: they mostly wait, and each has a user of its own.
describe.each(FACES)("in Node, %s", { concurrent: true }, (face) => {
  it.each(scenariosOf(face))("$name", ({ name }) => runScenario(emulator.url, face, name, aiOf));
});
