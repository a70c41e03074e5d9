import { Flowith } from "flowith-webapi";
import { cases, runCases } from "../src/index.ts";
import { describeRuntime } from "./describe-runtime.ts";

// In this process, from the sources.
describeRuntime("Node 24", (emulatorUrl, onResult) =>
  runCases(
    cases.map(({ id }) => ({ id, emulatorUrl })),
    (options) => new Flowith(options),
    onResult,
  ),
);
