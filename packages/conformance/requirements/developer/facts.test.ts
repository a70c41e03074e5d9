import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { isProven } from "../is-proven.ts";
import { developerFacts } from "./facts.ts";

const wire = readFileSync(new URL("../../../docs/wire.md", import.meta.url), "utf8");
const section = wire.slice(wire.indexOf("## 9. The developer API"));

it("every fact of the developer API has cases that exist", () => {
  const unproven = developerFacts.flatMap(({ fact, cases }) =>
    cases.filter((id) => !isProven(`developer: ${id}`)).map((id) => `${fact}: ${id}`),
  );
  expect(unproven).toEqual([]);
});

it("every endpoint of wire 9 is among the facts", () => {
  const named = section.match(/(GET|POST) \/external\/use\/[\w/-]+/g) ?? [];
  const known = new Set(developerFacts.map(({ fact }) => fact));
  expect(named.length).toBeGreaterThan(8);
  expect([...new Set(named)].filter((endpoint) => !known.has(endpoint))).toEqual([]);
});
