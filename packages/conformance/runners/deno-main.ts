// Run by Deno: all cases, one line of JSON each, against the emulator whose URL is the first argument.
import { Flowith } from "flowith-webapi/fetch";
import { cases, runCase } from "../src/index.ts";

declare const Deno: { args: string[] };

/** As in the other runtimes; all of them together would measure nothing but each other. */
const AT_ONCE = 16;

const emulatorUrl = Deno.args[0] ?? "";
const left = cases.map(({ id }) => id);

async function work(): Promise<void> {
  for (let id = left.shift(); id !== undefined; id = left.shift()) {
    console.log(JSON.stringify(await runCase(id, emulatorUrl, (options) => new Flowith(options))));
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
