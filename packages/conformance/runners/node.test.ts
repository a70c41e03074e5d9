import { Flowith } from "flowith-webapi";
import { runCases } from "../src/index.ts";
import { describeRuntime } from "./describe-runtime.ts";
import { selectedCases } from "./selected-cases.ts";

// In this process, from the sources.
describeRuntime("Node 24", (emulatorUrl, onResult) =>
  runCases(
    selectedCases.map(({ id }) => ({ id, emulatorUrl })),
    (options) => new Flowith(options),
    onResult,
  ),
);
