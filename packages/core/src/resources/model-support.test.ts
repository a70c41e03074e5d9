import { describe, expect, it } from "vitest";
import { parseModels } from "./model-info.ts";
import { featureSupport, isSupported } from "./model-support.ts";

const [model] = parseModels({
  clip: { supportedAspectRatios: ["16:9"], supportedDurations: [5, 10], supportsAudio: false },
});

describe("what a model can do", () => {
  it("is said for each part that is asked for, and undefined where the catalogue is silent", () => {
    const asked = { aspectRatio: "16:9", durationSeconds: 6, imageSize: "1k", audio: false };
    expect(model && featureSupport(model, asked)).toEqual([
      { word: "aspect ratio", asked: "16:9", offer: ["16:9"], isSupported: true },
      { word: "size", asked: "1k", offer: undefined, isSupported: undefined },
      { word: "duration", asked: 6, offer: [5, 10], isSupported: false },
    ]);
  });

  it("is refused when a part is refused, and open when the catalogue is silent about a part", () => {
    const ask = (features: Parameters<typeof featureSupport>[1]) => model && isSupported(model, features);
    expect(ask({ aspectRatio: "16:9", durationSeconds: 10 })).toBe(true);
    expect(ask({ aspectRatio: "16:9", imageSize: "1k" })).toBeUndefined();
    expect(ask({ imageSize: "1k", audio: true })).toBe(false);
    expect(ask({ audio: false, keyframe: false })).toBe(true);
    expect(ask({})).toBe(true);
  });
});
