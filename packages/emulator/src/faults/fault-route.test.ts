import { afterAll, beforeAll, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { createEmulator } from "../start-emulator.ts";
import type { Fault } from "./kinds/index.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

const status = (route: string): Fault => ({ type: "status", status: 500, route });
const gap = (route: string): Fault => ({ type: "gap", from: 2, by: 1, route });

it.each<Fault>([
  status("*"),
  status("POST *"),
  status("/models"),
  status("head /models"),
  status("OPTIONS /anything"),
  status("/user/*"),
  status("*/stream"),
  status("POST /*/async"),
  status("/rest/v1/a_table_that_nobody_knows"),
  status("DELETE /rest/v1/flow_node"),
  status("/auth/v1/*"),
  status("GET /files/*"),
  { ...status("POST /new/thing"), isUnknownRoute: true },
  gap("/user_stream/*"),
  gap("POST /completion"),
  { type: "replay", on: false, route: "/nowhere" },
])("a fault can strike: %o", (fault) => {
  expect(emulator.faults.arm(fault)).toMatchObject({ hits: 0 });
  emulator.faults.remove();
});

it("is refused where no request has its route, with the nearest one and all that there are", async () => {
  const refusals: [Fault, RegExp][] = [
    [
      status("POST /completion/asynch"),
      /Did you mean "POST \/completion\/async"\? The routes: .*POST \/image_gen\/async/,
    ],
    [status("completion/async"), /Did you mean "POST \/completion\/async"/],
    [status("GET /completion/async"), /Did you mean/],
    [status("PSOT /completion/async"), /Did you mean/],
    [status("PROPFIND /rest/v1/flow_node"), /No request has/],
    [status("/models?type=text"), /Did you mean "GET \/models"/],
    [status("/__emulator/clock"), /No request has/],
    [status(""), /No request has/],
    [
      gap("POST /completion/async"),
      /Did you mean "POST \/completion"\? The streams that this fault is for: GET \/user_stream/,
    ],
  ];
  for (const [fault, message] of refusals) expect(() => emulator.faults.arm(fault)).toThrow(message);
  expect(emulator.faults.list()).toEqual([]);
  const body = JSON.stringify(status("/model"));
  const answer = await emulator.fetch("/__emulator/faults", { method: "POST", body });
  expect([answer.status, await answer.json()]).toEqual([
    422,
    { detail: [expect.objectContaining({ loc: ["body", "route"], msg: expect.stringContaining("GET /models") })] },
  ]);
});
