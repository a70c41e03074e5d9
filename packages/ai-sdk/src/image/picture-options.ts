import type { ImageModelV4CallOptions, SharedV4Warning } from "@ai-sdk/provider";
import type { ModelInfo } from "flowith-webapi";
import { unsupported } from "../warnings.ts";

/** What of a picture's measures a model can be asked for. */
export interface Measures {
  aspectRatio: string | undefined;
  imageSize: string | undefined;
  warnings: SharedV4Warning[];
}

/** What the catalogue calls the sizes of a longer side. */
const SIDES: Record<string, number> = { "512": 512, "0.5K": 512, "1K": 1024, "2K": 2048, "4K": 4096 };

/**
 * `size` is pixels in the AI SDK, and a ratio with a step of size here: the nearest that the model has, with a warning where
 * that is not it. Where the catalogue does not know the model, a ratio goes as it is.
 */
export function measures(
  { size, aspectRatio }: Pick<ImageModelV4CallOptions, "size" | "aspectRatio">,
  model: Pick<ModelInfo, "supportedAspectRatios" | "supportedImageSizes"> | undefined,
): Measures {
  if (size === undefined) return { aspectRatio, imageSize: undefined, warnings: [] };
  const [width = 1, height = 1] = size.split("x").map(Number);
  const ratios = model?.supportedAspectRatios ?? COMMON_RATIOS;
  const ratio = aspectRatio ?? nearest(ratios, (name) => Math.abs(Math.log(ratioOf(name) / (width / height))));
  const sizes = (model?.supportedImageSizes ?? []).filter((name) => name in SIDES);
  const side = Math.max(width, height);
  const imageSize = nearest(sizes, (name) => Math.abs(Math.log((SIDES[name] ?? side) / side)));
  const isRatioExact = ratio !== undefined && Math.abs(Math.log(ratioOf(ratio) / (width / height))) < 0.02;
  const isSideExact = imageSize !== undefined && SIDES[imageSize] === side;
  const taken = [ratio, imageSize].filter((name) => name !== undefined).join(", ");
  const warnings =
    isRatioExact && isSideExact ? [] : unsupported({ size }, `The nearest that the model has: ${taken}.`);
  return { aspectRatio: ratio, imageSize, warnings };
}

const COMMON_RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9"];

function ratioOf(name: string): number {
  const [width = 1, height = 1] = name.split(":").map(Number);
  return width / height;
}

function nearest(names: readonly string[], distance: (name: string) => number): string | undefined {
  return [...names].sort((one, other) => distance(one) - distance(other))[0];
}
