import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inventory } from "../inventory.ts";
import { isProven } from "../is-proven.ts";
import { improvements } from "./improvements.ts";
import { entriesOf, renderGuide } from "./render.ts";
import { sections } from "./sections.ts";

it("the guide is what the data say; scripts/write-migrating.ts writes it", () => {
  const guide = readFileSync(new URL("../../../sdk/MIGRATING.md", import.meta.url), "utf8");
  expect(guide).toBe(renderGuide());
});

it("everything of the Python client stands in the guide, once", () => {
  const shown = sections.flatMap((section) => entriesOf(section).map(({ id }) => id));
  expect(shown.sort()).toEqual(
    inventory()
      .map(({ id }) => id)
      .sort(),
  );
});

it("what is said to be better is proven", () => {
  expect(improvements.filter(({ proof }) => !isProven(proof))).toEqual([]);
});

it("the Python code names what the Python client has", () => {
  const known = new Set(inventory().flatMap(({ id }) => id.replace(/\(.*/, "").split(".")));
  const called = sections.flatMap(({ python }) => [...python.matchAll(/\b(?:client|session|image|video)\.(\w+)/g)]);
  expect(called.map(([, name = ""]) => name).filter((name) => !known.has(name))).toEqual([]);
});
