import { expect, it } from "vitest";
import { table } from "./table.ts";

it("lines columns up, numbers to the right", () => {
  expect(
    table(
      ["who", "rate"],
      [
        ["floor", "1,000"],
        ["sdk", "7.5"],
      ],
    ),
  ).toBe("| who   | rate  |\n|-------|-------|\n| floor | 1,000 |\n| sdk   |   7.5 |\n");
});
