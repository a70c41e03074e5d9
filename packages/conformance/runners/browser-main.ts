// The script of a page: runs all cases against the emulator named in its address, and posts each result to where it is from.
import { Flowith } from "flowith-webapi";
import { cases, runCases } from "../src/index.ts";

const query = new URLSearchParams(location.search);
const emulator = new URL(query.get("emulator") ?? "");
const selected = cases.filter(({ id }) => id.includes(query.get("only") ?? ""));

// Chromium opens six connections to one host, and each client holds some for its events: so each case has a host of its own.
const ownHost = (index: number): string => `http://case-${index}.localhost:${emulator.port}`;

const post = (path: string, body: unknown): Promise<unknown> =>
  fetch(path, { method: "POST", body: JSON.stringify(body) });

await runCases(
  selected.map(({ id }, index) => ({ id, emulatorUrl: ownHost(index) })),
  (options) => new Flowith(options),
  (result) => post("/result", result),
);
await post("/end", {});
