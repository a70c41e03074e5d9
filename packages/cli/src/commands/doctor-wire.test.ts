import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

/** It gives credits to the account: nothing that a look at the service should do. */
const NEVER_ASKED = ["POST /mkt/daily-rewards/claim"];

let service: CliEmulator;
let asked: Set<string>;

beforeAll(async () => {
  service = await CliEmulator.start({ heartbeatMs: 100 });
  // alice has a conversation, so that nothing is left out for want of one
  const response = await fetch(`${service.emulator.edgeUrl}/__emulator`);
  const { users } = await response.json();
  const shell = await TestShell.onEmulator(service.emulator, users[0]);
  const { exitCode, stdout } = await shell.run("doctor", "--json", "--write", "--timeout", "60");
  expect(exitCode, stdout).toBe(0);
  asked = new Set(service.emulator.journal.list().map(({ method, path }) => `${method} ${path}`));
});
afterAll(() => service[Symbol.asyncDispose]());

async function sectionOfWire(number: number): Promise<string> {
  const wire = await readFile(new URL("../../../docs/wire.md", import.meta.url), "utf8");
  return wire.split(/^## /m).find((section) => section.startsWith(`${number}. `)) ?? "";
}

it("asks every endpoint that the wire document lists, but for the one that gives", async () => {
  const section = await sectionOfWire(5);
  const listed = [...section.matchAll(/`((?:GET|POST) \/[^`?[]*)/g)].map(([, route = ""]) => route);
  expect(listed.length).toBeGreaterThan(10);
  expect(listed.filter((route) => !asked.has(route))).toEqual(NEVER_ASKED);
});

it("asks for every table of the wire document", async () => {
  const section = await sectionOfWire(6);
  const rows = section.split("\n").filter((line) => line.startsWith("- `"));
  const listed = rows.flatMap((line) => [...(line.split(/:|, the list| \(order/)[0] ?? "").matchAll(/`(\w+)`/g)]);
  const names = listed.map(([, name = ""]) => name);
  expect(names).toContain("flow_project");
  expect(names.length).toBeGreaterThanOrEqual(12);
  expect(names.filter((name) => !asked.has(`GET /rest/v1/${name}`))).toEqual([]);
});

it("calls every procedure of the wire document", async () => {
  const section = await sectionOfWire(6);
  const names = [...section.matchAll(/`(\w+)\((?:p_|\))/g)].map(([, name = ""]) => name);
  expect(names).toHaveLength(3);
  expect(names.filter((name) => !asked.has(`POST /rest/v1/rpc/${name}`))).toEqual([]);
});
