// Run by a runtime as a script: the cases whose ids contain the second argument, one line of JSON each, against the
// emulator whose URL is the first one.
import { Flowith } from "flowith-webapi";
import { cases, runCases } from "../src/index.ts";

const [, , emulatorUrl = "", only = ""] = process.argv;

await runCases(
  cases.filter(({ id }) => id.includes(only)).map(({ id }) => ({ id, emulatorUrl })),
  (options) => new Flowith(options),
  (result) => console.log(JSON.stringify(result)),
);
