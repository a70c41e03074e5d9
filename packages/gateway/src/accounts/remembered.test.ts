import { expect, it, vi } from "vitest";
import { digestOf } from "./digest.ts";
import { remembered } from "./remembered.ts";

it("makes once what it remembers, of each credential by itself", async () => {
  const make = vi.fn(digestOf);
  const digest = remembered(make);
  const [one, other, again] = [await digest("one"), await digest("other"), await digest("one")];
  expect(make).toHaveBeenCalledTimes(2);
  expect([one, other, again]).toEqual([await digestOf("one"), await digestOf("other"), await digestOf("one")]);
});
