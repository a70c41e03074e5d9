import { expect, it } from "vitest";
import { exactTexts } from "./testing/exact-texts.ts";

it("gives 100 users with 20 jobs each every text, exactly", { timeout: 300_000 }, async () => {
  expect(await exactTexts(100, 20)).toBe(2000);
});
