// Run by Deno: all cases, one line of JSON each, against the emulator whose URL is the first argument.
import { Flowith } from "flowith-webapi/fetch";
import { cases, runCase } from "../src/index.ts";

declare const Deno: { args: string[] };

const emulatorUrl = Deno.args[0] ?? "";
const results = await Promise.all(cases.map(({ id }) => runCase(id, emulatorUrl, (options) => new Flowith(options))));
for (const result of results) console.log(JSON.stringify(result));
