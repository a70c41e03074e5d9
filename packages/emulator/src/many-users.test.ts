import { expect, it } from "vitest";
import { exactTexts } from "./testing/exact-texts.ts";

it("gives 20 users with 5 jobs each every text, exactly", async () => {
  expect(await exactTexts(20, 5)).toBe(100);
});
