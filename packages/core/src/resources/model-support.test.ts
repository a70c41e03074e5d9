import { describe, expect, it } from "vitest";
import { parseModels } from "./model-info.ts";
import { isSupported, modelSupport } from "./model-support.ts";

const [model] = parseModels({
  clip: { supportedAspectRatios: ["16:9"], supportedDurations: [5, 10], supportsAudio: false },
});

describe("what a model can do", () => {
  it("is said for each part of a features, and undefined where nothing is asked or said", () => {
    expect(model && modelSupport(model, { aspectRatio: "16:9", durationSeconds: 6, imageSize: "1k" })).toEqual({
      aspectRatio: true,
      durationSeconds: false,
      imageSize: undefined,
      audio: undefined,
      keyframe: undefined,
    });
  });

  it("is refused when a part is refused, and open when the catalogue is silent about a part", () => {
    const ask = (features: Parameters<typeof modelSupport>[1]) => model && isSupported(model, features);
    expect(ask({ aspectRatio: "16:9", durationSeconds: 10 })).toBe(true);
    expect(ask({ aspectRatio: "16:9", imageSize: "1k" })).toBeUndefined();
    expect(ask({ imageSize: "1k", audio: true })).toBe(false);
    expect(ask({ audio: false, keyframe: false })).toBe(true);
    expect(ask({})).toBe(true);
  });
});
