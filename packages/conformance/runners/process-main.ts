// Run by a runtime as a script: all cases, one line of JSON each, against the emulator whose URL is the first argument.
import { Flowith } from "flowith-webapi";
import { cases, runCases } from "../src/index.ts";

await runCases(
  cases.map(({ id }) => ({ id, emulatorUrl: process.argv[2] ?? "" })),
  (options) => new Flowith(options),
  (result) => console.log(JSON.stringify(result)),
);
