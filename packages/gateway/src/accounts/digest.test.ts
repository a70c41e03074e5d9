import { expect, it, vi } from "vitest";
import { digestOf, rememberedDigests } from "./digest.ts";

it("remembers what it has hashed, each text by itself", async () => {
  const digest = vi.spyOn(crypto.subtle, "digest");
  const remembered = rememberedDigests();
  const [one, other, again] = [await remembered("one"), await remembered("other"), await remembered("one")];
  expect(digest).toHaveBeenCalledTimes(2);
  expect([one, other, again]).toEqual([await digestOf("one"), await digestOf("other"), await digestOf("one")]);
});
