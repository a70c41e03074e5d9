import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { pathOf } from "./path-source.ts";

it("takes a plain object of another realm", () => {
  expect(pathOf(runInNewContext('({ path: "a.png", name: undefined })'))).toBe("a.png");
  expect(pathOf(runInNewContext('new (class { path = "a.png" })()'))).toBeUndefined();
});

it("reads the path once, so that it is the one that was checked", () => {
  let reads = 0;
  const changing = new Proxy(
    { path: "" },
    {
      getOwnPropertyDescriptor: () => ({
        value: ++reads === 1 ? "a.png" : 7,
        configurable: true,
        enumerable: true,
        writable: true,
      }),
    },
  );
  expect(pathOf(changing)).toBe("a.png");
  expect(reads).toBe(1);
});
