import { describe, expect, it } from "vitest";
import { nearMiss } from "./near-miss.ts";

const names = ["id", "kind", "loop", "model", "aspectRatio", "system", "durationSeconds", "onProgress"];

describe("nearMiss", () => {
  it.each([
    ["Model", "model"],
    ["modle", "model"],
    ["models", "model"],
    ["mdel", "model"],
    ["aspect_ratio", "aspectRatio"],
    ["aspectRato", "aspectRatio"],
    ["aspektRadio", "aspectRatio"],
    ["ON-PROGRESS", "onProgress"],
    ["kin", "kind"],
    ["system_prompt", "system"],
    ["duration", "durationSeconds"],
  ])("takes %s for %s", (field, name) => {
    expect(nearMiss(field, names)).toBe(name);
  });

  it.each(["is", "uid", "lost", "row", "city", "medal", "constructor", "aspect", "", "品"])(
    "leaves %s alone",
    (field) => {
      expect(nearMiss(field, names)).toBeUndefined();
    },
  );
});
