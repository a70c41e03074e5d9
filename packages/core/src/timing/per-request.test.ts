import { expect, it } from "vitest";
import { PerRequest } from "./per-request.ts";

it.each([true, false])(
  "gives out another one once it is renewed, and leaves the last to who has it (shared: %s)",
  (isShared) => {
    let made = 0;
    const parts = new PerRequest(isShared, () => ({ number: ++made }));
    const before = parts.take();
    expect(parts.take().value).toBe(before.value);
    expect(parts.renew()).toBe(before.value);
    const after = parts.take();
    expect(after.value).not.toBe(before.value);
    before.release();
    expect(parts.take().value).toBe(after.value);
    expect(before.value.number).toBe(1);
  },
);

it("has nothing to show of what was never taken in this request", () => {
  expect(new PerRequest(false, () => ({})).renew()).toBeUndefined();
});
