import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { hasCode } from "./has-code.ts";

it("tells an error of a file system by its code, of whatever realm it is", () => {
  const foreign: unknown = runInNewContext('Object.assign(new Error("x"), { code: "ENOENT" })');
  expect(foreign).not.toBeInstanceOf(Error);
  expect(hasCode(foreign, "ENOENT")).toBe(true);
  expect(hasCode(Object.assign(new Error("x"), { code: "ENOENT" }), "ENOENT")).toBe(true);
  for (const other of [foreign, new Error("ENOENT"), undefined, null, "ENOENT"])
    expect(hasCode(other, "EEXIST")).toBe(false);
});
