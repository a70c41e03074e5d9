import { expect, it, vi } from "vitest";
import { randomUuid } from "./random-uuid.ts";

it("makes ids where there is no randomUUID, of the same form and no two alike", () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const ids = Array.from({ length: 100 }, randomUuid);
  vi.unstubAllGlobals();
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set(ids).size).toBe(100);
});
